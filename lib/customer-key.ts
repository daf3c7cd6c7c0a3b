import { Duration, Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { tableKeyActions } from '../functions/contract/table';
import type { Stage } from './stage';

export interface CustomerKeyProps {
  readonly stage: Stage;
}

/**
 * A KMS key of the deploying account that encrypts what the product stores, so that its owner can rotate it, audit its
 * use and, in the end, disable it. When a stage other than production is deleted, KMS keeps the key for seven more
 * days, the shortest time that it allows, without charge.
 */
export class CustomerKey extends Key {
  constructor(scope: Construct, id: string, { stage }: CustomerKeyProps) {
    super(scope, id, {
      description: `${Stack.of(scope).stackName}: table and queues`,
      enableKeyRotation: true,
      pendingWindow: Duration.days(stage.keepsData ? 30 : 7),
      removalPolicy: stage.removalPolicy,
    });
  }

  /**
   * Grants what users of the table need. DynamoDB calls the key on behalf of the grantee, and the grantee may use the
   * key only through DynamoDB.
   */
  grantThroughDynamoDb(grantee: IGrantable): void {
    this.#grantThrough('dynamodb', grantee, tableKeyActions);
  }

  /**
   * Grants what senders to an encrypted queue need. SQS generates a data key on behalf of the sender, and decrypts it
   * when it reuses a cached one.
   */
  grantThroughSqs(grantee: IGrantable): void {
    this.#grantThrough('sqs', grantee, ['kms:Decrypt', 'kms:GenerateDataKey']);
  }

  #grantThrough(service: string, grantee: IGrantable, actions: readonly string[]): void {
    const { region, urlSuffix } = Stack.of(this);
    Grant.addToPrincipal({
      grantee,
      actions: [...actions],
      resourceArns: [this.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `${service}.${region}.${urlSuffix}` } },
    });
  }
}
