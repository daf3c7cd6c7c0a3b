import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { Data } from './data';
import { ProductFunction } from './product-function';
import type { Stage } from './stage';

export interface ReconciliationProps {
  readonly stage: Stage;
  readonly bundlesDirectory: string;
  readonly data: Data;
}

/**
 * Compares the counters with the stored rows every night. The function may only read: an operator must understand a
 * difference before repairing it.
 */
export class Reconciliation extends Construct {
  constructor(scope: Construct, id: string, { stage, bundlesDirectory, data }: ReconciliationProps) {
    super(scope, id);

    const reconcileRuns = new ProductFunction(this, 'ReconcileRuns', {
      name: 'reconcile-runs',
      description: 'Each night compares counters, runs, events and deliveries of every tenant',
      stage,
      bundlesDirectory,
      environment: { TABLE_NAME: data.table.tableName },
      // A failed call is not retried, because the next night checks the same day again.
      retryAttempts: 0,
    });
    data.grantReads(reconcileRuns, 'GetItem', 'BatchGetItem', 'Query');
    data.grantIndexQuery(reconcileRuns, 'by_parent');
    new Rule(this, 'EachNight', {
      description: 'Compares the counters with the stored rows',
      // A rate would count from the deployment, whatever the time of day. The day that is compared has ended at 00:00 UTC.
      schedule: Schedule.cron({ hour: '2', minute: '17' }),
      targets: [new LambdaFunction(reconcileRuns)],
    });
  }
}
