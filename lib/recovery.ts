import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { recoveryEveryMinutes } from '../functions/contract/functions';
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
}

/** What finishes the work that something else left open: runs, deliveries, unsettled counts. */
export class Recovery extends Construct {
  constructor(scope: Construct, id: string, props: RecoveryProps) {
    super(scope, id);
    const { stage, bundlesDirectory, data, deliveries, runs } = props;

    const recoverRuns = new ProductFunction(this, 'RecoverRuns', {
      name: 'recover-runs',
      description: 'Each minute takes up runs, deliveries and counts that are overdue',
      stage,
      bundlesDirectory,
      environment: {
        TABLE_NAME: data.table.tableName,
        DELIVERY_QUEUE_URL: deliveries.queue.queueUrl,
        ...runs.machineArns,
      },
      // Passes do no harm side by side, each item has a lease; two would only read the same items twice.
      reservedConcurrentExecutions: 1,
      // An event that failed or waited is not worth repeating: the next minute's pass finds the same work.
      retryAttempts: 0,
      maxEventAge: Duration.minutes(2),
    });
    data.grantItems(recoverRuns, 'GetItem', 'Query', 'PutItem', 'UpdateItem');
    data.grantIndexQuery(recoverRuns, 'open');
    deliveries.grantSend(recoverRuns);
    runs.grantStart(recoverRuns);

    const target = new LambdaFunction(recoverRuns);
    new Rule(this, 'EachMinute', {
      description: 'Takes up what is overdue',
      schedule: Schedule.rate(Duration.minutes(recoveryEveryMinutes)),
      targets: [target],
    });
    // Express reports no status changes; its runs are found by their due time alone. So are these when an event is lost.
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
