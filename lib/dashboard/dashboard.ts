import { Annotations, Validations } from 'aws-cdk-lib';
import {
  AccessLevel,
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
  type BehaviorOptions,
} from 'aws-cdk-lib/aws-cloudfront';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { join } from 'node:path';
import { apiPaths } from '../../functions/contract/stack';
import type { FrontDoor } from '../front-door';
import type { Settings } from '../settings';
import type { Stage } from '../stage';
import { dashboardHeaders } from './headers';
import type { SignIn } from './sign-in';

export interface DashboardProps {
  readonly stage: Stage;
  readonly frontDoor: FrontDoor;
  readonly signIn: SignIn;
  /** Whether files are put into the bucket by this stack, which then must empty it before it goes. */
  readonly withFiles: boolean;
  readonly settings: Pick<Settings, 'domainName' | 'certificateArn' | 'webAclArn'>;
}

/** One address for everything: the dashboard's files from a bucket nobody else can read, and behind the same name the API. */
export class Dashboard extends Construct {
  readonly bucket: IBucket;
  readonly distribution: Distribution;
  /** Names of the one address, without scheme, the one to show first. They are our own: webhooks must not call them. */
  readonly hostNames: readonly [string, ...string[]];

  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { stage, frontDoor, signIn, settings } = props;

    this.bucket = new FilesBucket(this, 'Files', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: stage.removalPolicy,
      autoDeleteObjects: props.withFiles && !stage.production,
    });

    const api: BehaviorOptions = {
      origin: new HttpOrigin(frontDoor.hostName, { protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      // API Gateway finds its API by the host name.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      // A redirect would come after the token was sent in the clear.
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    };
    this.distribution = new Distribution(this, 'Distribution', {
      comment: 'Dashboard, REST API and MCP server',
      ...ownName(this, settings),
      ...(settings.webAclArn !== undefined && { webAclId: settings.webAclArn }),
      defaultBehavior: {
        // LIST makes a file that is not there a 404 instead of a 403.
        origin: S3BucketOrigin.withOriginAccessControl(this.bucket, {
          originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
        }),
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: dashboardHeaders(this, 'Headers', signIn.origins),
        functionAssociations: [
          {
            eventType: FunctionEventType.VIEWER_REQUEST,
            function: new Function(this, 'ViewerRequest', {
              comment: 'Addresses of pages lead to the page',
              code: FunctionCode.fromFile({ filePath: join(__dirname, 'viewer-request.js') }),
              runtime: FunctionRuntime.JS_2_0,
            }),
          },
        ],
      },
      // No custom error responses: they are for the whole distribution, and would turn the API's 404 into a page.
      additionalBehaviors: Object.fromEntries(apiPaths.map((path) => [path, api])),
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
    });
    Annotations.of(this.distribution).acknowledgeWarning(
      '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
      'The root is index.html, by the function above and by defaultRootObject.',
    );
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Only the distribution reads it, and it holds nothing but the public build of the dashboard.',
    });
    Validations.of(this.distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'Tenants and their programs are anywhere.' },
      { id: 'AwsSolutions-CFR3', reason: 'The API logs each request that reaches it; files tell nothing.' },
      ...unlessGiven(settings.webAclArn, 'AwsSolutions-CFR2', 'A setting, webAclArn: 7 $ a month and more.'),
      ...unlessGiven(settings.domainName, 'AwsSolutions-CFR4', 'CloudFront chooses it for its own certificate.'),
    );
    const given = this.distribution.distributionDomainName;
    this.hostNames = settings.domainName === undefined ? [given] : [settings.domainName, given];
  }
}

function unlessGiven(setting: string | undefined, id: string, reason: string) {
  return setting === undefined ? [{ id, reason }] : [];
}

function ownName(scope: Construct, { domainName, certificateArn }: DashboardProps['settings']) {
  if (domainName === undefined || certificateArn === undefined) return {};
  return {
    domainNames: [domainName],
    certificate: Certificate.fromCertificateArn(scope, 'Certificate', certificateArn),
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
  };
}

/** Says again what the class leaves open: under exactOptionalPropertyTypes a Bucket is otherwise no IBucket. */
class FilesBucket extends Bucket {
  override get isWebsite(): boolean {
    return false;
  }
}
