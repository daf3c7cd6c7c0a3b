import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { BucketDeployment, CacheControl, Source, type ISource } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { join } from 'node:path';
import { dashboardCacheControl, type DashboardConfig } from '../../functions/contract/dashboard';
import { documentCacheControl, documents } from '../../functions/contract/documents';
import { logicalIdOf } from '../logical-id';
import type { Door } from '../release/door';
import type { Stage } from '../stage';
import type { Dashboard } from './dashboard';
import { EmptyingLogs } from './emptying-logs';

export interface DashboardFilesProps {
  readonly stage: Stage;
  readonly dashboard: Dashboard;
  /** The descriptions of the API, as `bin/documents.ts` writes them. */
  readonly documentsDirectory: string;
  /** The built dashboard. Without it, only the descriptions of the API are put into the bucket. */
  readonly directory: string | undefined;
  /** Served as `/config.json`, so that one build fits every deployment. */
  readonly config: DashboardConfig;
  readonly doors: readonly Door[];
}

interface HowToPut {
  /** Default: the root of the bucket. */
  readonly folder?: string;
  readonly cacheControl: string;
  /** Default: what the extension of each file says. */
  readonly contentType?: string;
}

/** Puts the built dashboard and the descriptions of the API into the bucket. */
export class DashboardFiles extends Construct {
  constructor(scope: Construct, id: string, props: DashboardFilesProps) {
    super(scope, id);
    const { stage, dashboard, documentsDirectory, directory, config, doors } = props;
    const logGroup = new LogGroup(this, 'Logs', {
      retention: stage.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A role of our own, as for the product's functions: the generated one may write to every log group of the account.
    // The CDK adds the permissions for copying.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    const put = (name: string, sources: ISource[], { folder = '', cacheControl, contentType }: HowToPut) =>
      new BucketDeployment(this, name, {
        sources,
        destinationBucket: dashboard.bucket,
        destinationKeyPrefix: folder,
        cacheControl: [CacheControl.fromString(cacheControl)],
        ...(contentType !== undefined && { contentType }),
        // Old files stay, because a page opened before the deployment still loads the files it was built with.
        prune: false,
        memoryLimit: 256,
        role,
        logGroup,
      });

    for (const { id: document, contentType } of documents) {
      const source = Source.asset(join(documentsDirectory, document));
      const file = put(document, [source], { cacheControl: documentCacheControl, contentType });
      // Otherwise an upgrade from a release without these files would answer 404 until they are there.
      dashboard.distribution.node.addDependency(file);
    }
    if (directory !== undefined) {
      const assets = put('Assets', [Source.asset(join(directory, 'assets'))], {
        folder: 'assets',
        cacheControl: dashboardCacheControl.assets,
      });
      const pages = put(
        'Documents',
        [Source.asset(directory, { exclude: ['assets'] }), Source.jsonData('config.json', config)],
        { cacheControl: dashboardCacheControl.documents },
      );
      // A page must not be published before the files that it loads and the API that it calls. If a release goes back, its
      // pages have not been published at all.
      pages.node.addDependency(assets, ...doors.map(({ live }) => live));
    }
    if (!stage.keepsData) new EmptyingLogs(this, 'Emptying', { stage, bucket: dashboard.bucket });

    // The CDK grants these wildcards on two buckets: the one with the uploaded assets, and the one with the dashboard.
    const reason = 'The CDK creates this function to copy the files; it runs only during a deployment.';
    const bucket = logicalIdOf(dashboard.bucket);
    const uploads = 'arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*';
    const actions = ['Abort*', 'DeleteObject*', 'GetBucket*', 'GetObject*', 'List*'].map((one) => `Action::s3:${one}`);
    for (const finding of [...actions, `Resource::${uploads}`, `Resource::<${bucket}.Arn>/*`]) {
      Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[${finding}]`, reason });
    }
    for (const construct of Stack.of(this).node.children.filter(({ node: { id } }) => id.startsWith('Custom::'))) {
      Validations.of(construct).acknowledge({ id: 'AwsSolutions-L1', reason });
    }
  }
}
