import { Stack, Validations } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { machineTimeoutSeconds } from '../../functions/contract/machine';
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
    const timeoutSeconds =
      type === StateMachineType.EXPRESS ? machineTimeoutSeconds.express : machineTimeoutSeconds.standard;

    super(scope, id, {
      stateMachineType: type,
      definitionBody: DefinitionBody.fromString(stack.toJsonString(runLoop(runSegment.functionArn, timeoutSeconds))),
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(scope, `${id}Logs`, {
          // The prefix keeps it out of the account's one log resource policy, which is full after a few dozen machines:
          // docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
          logGroupName: `/aws/vendedlogs/states/${stack.stackName}-${id.toLowerCase()}`,
          retention: stage.logRetention,
          removalPolicy: stage.removalPolicy,
        }),
        // All states with their data would be 14 KB a run, more than everything else Express costs; in production the
        // segment's own lines tell the story. Elsewhere the console shows every execution.
        level: stage.production ? LogLevel.ERROR : LogLevel.ALL,
        includeExecutionData: !stage.production,
      },
    });

    Validations.of(this).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      // docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
      reason: 'Neither log deliveries nor traces have a resource that IAM could name.',
    });
    if (stage.production) {
      Validations.of(this).acknowledge({
        id: 'AwsSolutions-SF1',
        reason: 'Errors only, for the price of all: see logs.',
      });
    }

    // Not `grantInvoke`, which also opens every version and alias.
    Grant.addToPrincipal({ grantee: this, actions: ['lambda:InvokeFunction'], resourceArns: [runSegment.functionArn] });
  }
}
