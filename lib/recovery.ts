import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { recoveryEveryMinutes } from '../functions/contract/functions';
import type { Concurrency } from './concurrency';
import type { Data } from './data';
import type { Deliveries } from './deliveries';
import { ProductFunction } from './product-function';
import type { Runs } from './run/runs';
import type { Stage } from './stage';

export interface RecoveryProps {
  readonly stage: Stage;
  readonly bundlesDirectory: string;
  readonly data: Data;
  readonly deliveries: Deliveries;
  readonly runs: Runs;
  readonly concurrency: Concurrency;
}

/** Finishes work that was interrupted: runs, deliveries, and counts that are not settled. */
export class Recovery extends Construct {
  constructor(scope: Construct, id: string, props: RecoveryProps) {
    super(scope, id);
    const { stage, bundlesDirectory, data, deliveries, runs } = props;

    const recoverRuns = new ProductFunction(this, 'RecoverRuns', {
      name: 'recover-runs',
      description: 'Each minute resumes runs, deliveries and counts that are overdue',
      stage,
      bundlesDirectory,
      environment: {
        TABLE_NAME: data.table.tableName,
        DELIVERY_QUEUE_URL: deliveries.queue.queueUrl,
        ...runs.machineArns,
      },
      // Concurrent passes do no harm, because each item has a lease, but they would read the same items twice.
      reservedConcurrentExecutions: props.concurrency.recoverRuns,
      // An event that failed or is too old is not retried, because the next minute's pass finds the same work.
      retryAttempts: 0,
      maxEventAge: Duration.minutes(2),
    });
    data.grantReads(recoverRuns, 'GetItem', 'Query');
    data.grantWrites(recoverRuns, {
      tenant: ['PutItem', 'UpdateItem'],
      runs: ['PutItem', 'UpdateItem'],
      deliveries: ['PutItem'],
    });
    data.grantIndexQuery(recoverRuns, 'open');
    deliveries.grantSend(recoverRuns);
    runs.grantStart(recoverRuns);

    const target = new LambdaFunction(recoverRuns);
    new Rule(this, 'EachMinute', {
      description: 'Starts a recovery pass',
      schedule: Schedule.rate(Duration.minutes(recoveryEveryMinutes)),
      targets: [target],
    });
    // Only a shortcut for Standard executions: if an event is lost, recovery finds the run when it becomes due. Express
    // executions emit no status changes, so their runs are always found in that way.
    new Rule(this, 'RunInterrupted', {
      description: 'Makes the run of a Standard execution that did not succeed due at once',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: [runs.standard.stateMachineArn] },
      },
      targets: [target],
    });
  }
}
