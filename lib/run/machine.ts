import { Stack, Validations } from 'aws-cdk-lib';
import { Grant, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { uniquePartOf } from '../names';
import type { Stage } from '../stage';
import { runLoop } from './loop';

export interface RunMachineProps {
  readonly type: StateMachineType;
  readonly runSegment: IFunction;
  readonly stage: Stage;
}

/** One deployment of the run loop. */
export class RunMachine extends StateMachine {
  constructor(scope: Construct, id: string, props: RunMachineProps) {
    const { type, runSegment, stage } = props;
    const stack = Stack.of(scope);
    const engine = type === StateMachineType.EXPRESS ? 'express' : 'standard';
    const loop = runLoop({ segmentFunctionArn: runSegment.functionArn, partition: stack.partition }, engine);

    super(scope, id, {
      stateMachineType: type,
      definitionBody: DefinitionBody.fromString(stack.toJsonString(loop)),
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(scope, `${id}Logs`, {
          // With this prefix the log group needs no entry in the account's CloudWatch Logs resource policy, which is
          // full after a few dozen state machines: docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
          logGroupName: `/aws/vendedlogs/states/${stack.stackName}-${uniquePartOf(scope)}-${id.toLowerCase()}`,
          retention: stage.logRetention,
          removalPolicy: stage.removalPolicy,
        }),
        // Logging all states with their data takes 14 KB a run, which costs more than everything else about an Express
        // execution. In production the log lines of run-segment contain the same facts. In other stages the full log
        // lets the console show every execution.
        level: stage.production ? LogLevel.ERROR : LogLevel.ALL,
        includeExecutionData: !stage.production,
      },
    });

    Validations.of(this).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      // docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
      reason: 'The actions for log delivery and for traces do not support resource-level permissions.',
    });
    if (stage.production) {
      Validations.of(this).acknowledge({
        id: 'AwsSolutions-SF1',
        reason: 'Logging all events costs more than the executions themselves; errors are logged.',
      });
    }

    // Not `grantInvoke`, which would also allow every version and alias of the function.
    Grant.addToPrincipal({ grantee: this, actions: ['lambda:InvokeFunction'], resourceArns: [runSegment.functionArn] });
    if (engine === 'express') this.allowHandOver();
  }

  /**
   * In a policy of its own, because CloudFormation creates the role's default policy before the machine, whose ARN it
   * could not contain.
   */
  private allowHandOver(): void {
    new Policy(this, 'HandOver', {
      roles: [this.role],
      statements: [new PolicyStatement({ actions: ['states:StartExecution'], resources: [this.stateMachineArn] })],
    });
  }
}
