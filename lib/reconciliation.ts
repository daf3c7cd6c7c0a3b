import { Duration } from 'aws-cdk-lib';
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

/** Compares what is counted with what is there, every night. It may only read: a difference is for people to understand. */
export class Reconciliation extends Construct {
  constructor(scope: Construct, id: string, { stage, bundlesDirectory, data }: ReconciliationProps) {
    super(scope, id);

    const reconcileRuns = new ProductFunction(this, 'ReconcileRuns', {
      name: 'reconcile-runs',
      description: 'Each night compares counters, runs, events and deliveries of every tenant',
      stage,
      bundlesDirectory,
      environment: { TABLE_NAME: data.table.tableName },
      // The next night looks at the same day again.
      retryAttempts: 0,
    });
    data.grantItems(reconcileRuns, 'GetItem', 'BatchGetItem', 'Query');
    data.grantIndexQuery(reconcileRuns, 'by_parent');
    new Rule(this, 'EachNight', {
      description: 'Compares what is counted with what is there',
      schedule: Schedule.rate(Duration.days(1)),
      targets: [new LambdaFunction(reconcileRuns)],
    });
  }
}
