import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Data } from '../data';
import type { Deliveries } from '../deliveries';
import { logicalIdOf } from '../logical-id';
import { ProductFunction } from '../product-function';
import type { Stage } from '../stage';
import { RunMachine } from './machine';

export interface RunsProps {
  readonly stage: Stage;
  readonly bundlesDirectory: string;
  readonly data: Data;
  readonly deliveries: Deliveries;
}

/**
 * Performs runs. The same state machine is deployed twice: as Express, and as Standard for the setting
 * `runEngine=standard` and for what is still under way there.
 */
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
    data.grantReads(runSegment, 'GetItem', 'BatchGetItem', 'Query');
    data.grantWrites(runSegment, {
      runs: ['UpdateItem'],
      inputs: ['PutItem'],
      deliveries: ['PutItem'],
    });
    deliveries.grantSend(runSegment);

    this.express = new RunMachine(this, 'Express', { type: StateMachineType.EXPRESS, runSegment, stage });
    this.standard = new RunMachine(this, 'Standard', { type: StateMachineType.STANDARD, runSegment, stage });
  }

  /** Environment variables of the functions that start runs. */
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

  /** Grants stopping Standard executions only: Express executions cannot be stopped. */
  grantStop(grantee: IFunction): void {
    const executions = Stack.of(this).formatArn({
      service: 'states',
      resource: 'execution',
      resourceName: `${this.standard.stateMachineName}:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    Grant.addToPrincipal({ grantee, actions: ['states:StopExecution'], resourceArns: [executions] });
    if (grantee.role === undefined) return;
    const resource = `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<${logicalIdOf(this.standard)}.Name>:*`;
    Validations.of(grantee.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${resource}]`,
      reason: 'Executions of this one state machine: their ARNs end with the uid of a run, unknown at deployment.',
    });
  }
}
