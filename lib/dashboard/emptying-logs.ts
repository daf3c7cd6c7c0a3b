import { CfnResource, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Stage } from '../stage';

export interface EmptyingLogsProps {
  readonly stage: Stage;
}

/**
 * Where the function logs with which the CDK empties a bucket before it goes. On its own it may create any log group
 * of the account, and the one it makes would be what a deleted stage leaves behind.
 */
export class EmptyingLogs extends Construct {
  constructor(scope: Construct, id: string, { stage }: EmptyingLogsProps) {
    super(scope, id);
    const provider = Stack.of(this).node.findChild('Custom::S3AutoDeleteObjectsCustomResourceProvider').node;
    const logGroup = new LogGroup(this, 'Logs', {
      retention: stage.logRetention,
      removalPolicy: stage.removalPolicy,
    });
    resourceIn(provider.findChild('Handler')).addPropertyOverride('LoggingConfig', { LogGroup: logGroup.logGroupName });
    const role = resourceIn(provider.findChild('Role'));
    role.addPropertyDeletionOverride('ManagedPolicyArns');
    role.addPropertyOverride('Policies', [
      {
        PolicyName: 'Logs',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              Resource: logGroup.logGroupArn,
            },
          ],
        },
      },
    ]);
  }
}

function resourceIn(construct: unknown): CfnResource {
  if (CfnResource.isCfnResource(construct)) return construct;
  throw new Error('The CDK no longer makes its function in this way');
}
