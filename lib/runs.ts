import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Data } from './data';
import type { Deliveries } from './deliveries';
import { ProductFunction } from './product-function';
import { RunMachine } from './run-machine';
import type { Stage } from './stage';

export interface RunsProps {
  readonly stage: Stage;
  readonly bundlesDirectory: string;
  readonly data: Data;
  readonly deliveries: Deliveries;
}

/** What performs runs: one loop deployed twice, Express for the many and Standard for those that wait for minutes. */
export class Runs extends Construct {
  readonly express: RunMachine;
  readonly standard: RunMachine;

  constructor(scope: Construct, id: string, props: RunsProps) {
    super(scope, id);
    const { stage, bundlesDirectory, data, deliveries } = props;

    const runSegment = new ProductFunction(this, 'RunSegment', {
      name: 'run-segment',
      description: 'Performs the steps of a run up to its next delay',
      stage,
      bundlesDirectory,
      environment: { TABLE_NAME: data.table.tableName, DELIVERY_QUEUE_URL: deliveries.queue.queueUrl },
    });
    data.grantItems(runSegment, 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem');
    deliveries.grantSend(runSegment);

    this.express = new RunMachine(this, 'Express', { type: StateMachineType.EXPRESS, runSegment, stage });
    this.standard = new RunMachine(this, 'Standard', { type: StateMachineType.STANDARD, runSegment, stage });
  }

  /** Environment of whoever starts runs. */
  get machineArns() {
    return {
      EXPRESS_STATE_MACHINE_ARN: this.express.stateMachineArn,
      STANDARD_STATE_MACHINE_ARN: this.standard.stateMachineArn,
    };
  }

  grantStart(grantee: IGrantable): void {
    this.express.grantStartExecution(grantee);
    this.standard.grantStartExecution(grantee);
  }

  /** Express executions cannot be stopped. An execution's ARN ends in the run's uid, so every execution of this one machine. */
  grantStop(grantee: IGrantable): void {
    this.standard.grantExecution(grantee, 'states:StopExecution');
  }
}
