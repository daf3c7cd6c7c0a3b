import { CfnResource, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Stage } from '../stage';

export interface EmptyingLogsProps {
  readonly stage: Stage;
  readonly bucket: IBucket;
}

/**
 * The log group of the function with which the CDK empties the bucket before deleting it. By default that function may
 * create any log group in the account, and the log group it creates would remain after the stage is deleted.
 */
export class EmptyingLogs extends Construct {
  constructor(scope: Construct, id: string, { stage, bucket }: EmptyingLogsProps) {
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
            // When a stage begins to keep its data, this function is removed, and looks first whether the bucket still has
            // the tag that lets it delete anything. The bucket's own policy does not name it any more by then.
            { Effect: 'Allow', Action: 's3:GetBucketTagging', Resource: bucket.bucketArn },
          ],
        },
      },
    ]);
  }
}

function resourceIn(construct: unknown): CfnResource {
  if (CfnResource.isCfnResource(construct)) return construct;
  throw new Error('This version of the CDK builds the function that empties buckets differently: adapt EmptyingLogs.');
}
