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
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
  type BehaviorOptions,
} from 'aws-cdk-lib/aws-cloudfront';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { join } from 'node:path';
import { dashboardPaths } from '../../functions/contract/dashboard';
import { documents } from '../../functions/contract/documents';
import { apiPaths, mcpPaths, originSecretHeader } from '../../functions/contract/stack';
import type { FrontDoor } from '../front-door';
import { accountWideName } from '../names';
import type { OriginSecrets } from '../origin-secrets';
import type { Settings } from '../settings';
import type { Stage } from '../stage';
import { challengeHeader, connectHeaders, dashboardHeaders, documentHeaders } from './headers';
import type { SignIn } from './sign-in';

export interface DashboardProps {
  readonly stage: Stage;
  readonly frontDoor: FrontDoor;
  readonly signIn: SignIn;
  readonly originSecrets: OriginSecrets;
  /** True if this stack puts files into the bucket. It then has to empty the bucket before it can be deleted. */
  readonly withFiles: boolean;
  readonly settings: Pick<Settings, 'domainName' | 'certificateArn' | 'webAclArn'>;
}

/**
 * The one public address of the product: a CloudFront distribution that serves the dashboard's files and the
 * descriptions of the API from a private bucket, and passes requests for the API on to API Gateway.
 */
export class Dashboard extends Construct {
  readonly bucket: IBucket;
  readonly distribution: Distribution;
  /**
   * Host names of the distribution, without scheme; the first is the one to show to people. Webhooks must not call any
   * of them, because they are the product's own.
   */
  readonly hostNames: readonly [string, ...string[]];

  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { stage, frontDoor, signIn, settings } = props;

    this.bucket = new FilesBucket(this, 'Files', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: stage.removalPolicy,
      autoDeleteObjects: props.withFiles && !stage.keepsData,
    });

    const api: BehaviorOptions = {
      origin: new HttpOrigin(frontDoor.hostName, {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        customHeaders: { [originSecretHeader]: props.originSecrets.sent },
      }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      // CloudFront weakens the ETag of what it compresses, and If-Match never matches a weak tag:
      // docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
      compress: false,
      // API Gateway selects the API by the Host header, so it must receive its own name and not the viewer's.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      // No redirect from http: by then the client would already have sent its token unencrypted.
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    };
    const mcp: BehaviorOptions = {
      ...api,
      responseHeadersPolicy: challengeHeader(this, 'ChallengeHeader', settings.domainName),
      functionAssociations: [
        {
          eventType: FunctionEventType.VIEWER_REQUEST,
          function: new Function(this, 'Challenge', {
            functionName: accountWideName(this, 'challenge'),
            comment: 'Tells MCP clients without a token how to sign in',
            code: FunctionCode.fromFile({ filePath: join(__dirname, 'challenge.js') }),
            runtime: FunctionRuntime.JS_2_0,
          }),
        },
      ],
    };
    // With LIST, S3 answers 404 for a file that does not exist; without it, 403.
    const files = S3BucketOrigin.withOriginAccessControl(this.bucket, {
      originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
      originAccessControl: new S3OriginAccessControl(this, 'FilesAccess', {
        originAccessControlName: accountWideName(this, 'files'),
      }),
    });
    // The cache key has no query and no header but Accept-Encoding, so that a request cannot ask for a copy of its own.
    const document: BehaviorOptions = {
      origin: files,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      compress: true,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      responseHeadersPolicy: documentHeaders(this, 'DocumentHeaders'),
    };
    const page: BehaviorOptions = {
      origin: files,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: dashboardHeaders(this, 'Headers', signIn.origins),
      functionAssociations: [
        {
          eventType: FunctionEventType.VIEWER_REQUEST,
          function: new Function(this, 'ViewerRequest', {
            functionName: accountWideName(this, 'pages'),
            comment: 'Serves index.html for the path of every page',
            code: FunctionCode.fromFile({ filePath: join(__dirname, 'viewer-request.js') }),
            runtime: FunctionRuntime.JS_2_0,
          }),
        },
      ],
    };
    const pageInWindow = { ...page, responseHeadersPolicy: connectHeaders(this, 'ConnectHeaders', signIn.origins) };
    this.distribution = new Distribution(this, 'Distribution', {
      comment: 'Dashboard, REST API and MCP server',
      ...customDomain(this, settings),
      ...(settings.webAclArn !== undefined && { webAclId: settings.webAclArn }),
      defaultBehavior: page,
      // No custom error responses: they apply to the whole distribution and would replace the API's 404 by a page.
      // The first behavior whose path matches applies, so the documents come before the API's `/api/*`.
      additionalBehaviors: Object.fromEntries<BehaviorOptions>([
        ...documents.map(({ path }): [string, BehaviorOptions] => [path, document]),
        ...apiPaths.map((path): [string, BehaviorOptions] => [path, isMcpPath(path) ? mcp : api]),
        [dashboardPaths.connect, pageInWindow],
        [dashboardPaths.signedIn, pageInWindow],
      ]),
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
    });
    Annotations.of(this.distribution).acknowledgeWarning(
      '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
      'The function above and defaultRootObject answer a request for the root with index.html, never with a file list.',
    );
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Only the distribution reads the bucket, which holds nothing but the public build of the dashboard.',
    });
    Validations.of(this.distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'Tenants and their programs may be in any country.' },
      { id: 'AwsSolutions-CFR3', reason: 'The API logs each request it receives; requests for files need no log.' },
      ...ifUnset(settings.webAclArn, 'AwsSolutions-CFR2', 'WAF is optional (webAclArn): it costs from 6 $ a month.'),
      ...ifUnset(settings.domainName, 'AwsSolutions-CFR4', 'CloudFront sets the TLS version of its own certificate.'),
    );
    const generated = this.distribution.distributionDomainName;
    this.hostNames = settings.domainName === undefined ? [generated] : [settings.domainName, generated];
  }
}

function isMcpPath(path: string): boolean {
  return mcpPaths.some((one) => one === path);
}

/** The finding to acknowledge, which the nag rules report only while the setting is absent. */
function ifUnset(setting: string | undefined, id: string, reason: string) {
  return setting === undefined ? [{ id, reason }] : [];
}

function customDomain(scope: Construct, { domainName, certificateArn }: DashboardProps['settings']) {
  if (domainName === undefined || certificateArn === undefined) return {};
  return {
    domainNames: [domainName],
    certificate: Certificate.fromCertificateArn(scope, 'Certificate', certificateArn),
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
  };
}

/**
 * A Bucket that is assignable to IBucket under exactOptionalPropertyTypes. Bucket declares `isWebsite` as possibly
 * undefined, which IBucket does not allow; this override always has a value.
 */
class FilesBucket extends Bucket {
  override get isWebsite(): boolean {
    return false;
  }
}
