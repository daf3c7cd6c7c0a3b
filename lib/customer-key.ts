import { Duration, Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Stage } from './stage';

export interface CustomerKeyProps {
  readonly stage: Stage;
}

/**
 * A key of this account for what the product stores, to be rotated, watched and, in the end, taken away by its owner.
 * A stage that goes leaves it for the week that KMS waits before it deletes a key, without charge.
 */
export class CustomerKey extends Key {
  constructor(scope: Construct, id: string, { stage }: CustomerKeyProps) {
    super(scope, id, {
      description: `${Stack.of(scope).stackName}: table and queues`,
      enableKeyRotation: true,
      pendingWindow: Duration.days(stage.production ? 30 : 7),
      removalPolicy: stage.removalPolicy,
    });
  }

  /**
   * For those that use the table: DynamoDB calls the key in their name, and only through DynamoDB may they
   * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html).
   */
  grantThroughDynamoDb(grantee: IGrantable): void {
    this.#grantThrough('dynamodb', grantee, [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ]);
  }

  /** For those that send: SQS makes a data key in their name, and reads it back when it has one at hand. */
  grantThroughSqs(grantee: IGrantable): void {
    this.#grantThrough('sqs', grantee, ['kms:Decrypt', 'kms:GenerateDataKey']);
  }

  #grantThrough(service: string, grantee: IGrantable, actions: string[]): void {
    const { region, urlSuffix } = Stack.of(this);
    Grant.addToPrincipal({
      grantee,
      actions,
      resourceArns: [this.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `${service}.${region}.${urlSuffix}` } },
    });
  }
}
