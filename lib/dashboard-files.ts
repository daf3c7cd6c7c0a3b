import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { BucketDeployment, CacheControl, Source, type ISource } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { join } from 'node:path';
import { dashboardCacheControl, type DashboardConfig } from '../functions/contract';
import type { Dashboard } from './dashboard';
import type { Stage } from './stage';

export interface DashboardFilesProps {
  readonly stage: Stage;
  readonly dashboard: Dashboard;
  /** The built dashboard. */
  readonly directory: string;
  /** Served as `/config.json`, so that one build fits every deployment. */
  readonly config: DashboardConfig;
}

/** Puts the built dashboard into its bucket. */
export class DashboardFiles extends Construct {
  constructor(scope: Construct, id: string, props: DashboardFilesProps) {
    super(scope, id);
    const { stage, dashboard, directory, config } = props;
    const logGroup = new LogGroup(this, 'Logs', {
      retention: stage.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const put = (name: string, sources: ISource[], folder: string, cacheControl: string) =>
      new BucketDeployment(this, name, {
        sources,
        destinationBucket: dashboard.bucket,
        destinationKeyPrefix: folder,
        cacheControl: [CacheControl.fromString(cacheControl)],
        // Pages that are open go on loading the files they were built with.
        prune: false,
        memoryLimit: 256,
        logGroup,
      });

    const assets = put('Assets', [Source.asset(join(directory, 'assets'))], 'assets', dashboardCacheControl.assets);
    const documents = put(
      'Documents',
      [Source.asset(directory, { exclude: ['assets'] }), Source.jsonData('config.json', config)],
      '',
      dashboardCacheControl.documents,
    );
    // A page must not be there before what it loads.
    documents.node.addDependency(assets);
  }
}
