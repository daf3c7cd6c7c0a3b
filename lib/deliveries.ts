import { Duration } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CustomerKey } from './customer-key';
import type { Data } from './data';
import type { FixedEgress } from './fixed-egress';
import { ProductFunction } from './product-function';
import type { Stage } from './stage';
import { deliveryBatches, functionLimits } from '../functions/contract/functions';

export interface DeliveriesProps {
  readonly stage: Stage;
  readonly bundlesDirectory: string;
  readonly data: Data;
  /** Host names of this product, which webhooks must not call. */
  readonly ownHosts: readonly string[];
  /** Default: a key of SQS, free of charge. */
  readonly customerKey?: CustomerKey | undefined;
  /** Default: webhooks are sent from Lambda's changing addresses. */
  readonly egress?: FixedEgress | undefined;
}

/**
 * SQS moves a message to the dead-letter queue after it was received this often without success. A webhook that the
 * receiver refuses does not count: the failed attempt is recorded and its message is consumed.
 */
export const maxReceiveCount = 5;

/** Retention of the dead-letter queue, in which operators must act: the longest time that SQS keeps a message. */
export const deadLetterDays = 14;

/** The queue of webhook deliveries and the function that attempts them. */
export class Deliveries extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  readonly #customerKey: CustomerKey | undefined;

  constructor(scope: Construct, id: string, props: DeliveriesProps) {
    super(scope, id);
    const { stage, bundlesDirectory, data, customerKey, egress } = props;
    this.#customerKey = customerKey;
    const encryption =
      customerKey === undefined
        ? { encryption: QueueEncryption.SQS_MANAGED }
        : { encryption: QueueEncryption.KMS, encryptionMasterKey: customerKey };

    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', {
      ...encryption,
      enforceSSL: true,
      retentionPeriod: Duration.days(deadLetterDays),
    });
    this.queue = new Queue(this, 'Queue', {
      ...encryption,
      enforceSSL: true,
      // Six times the function's timeout, as Lambda recommends:
      // docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.seconds(6 * functionLimits['deliver-webhook'].timeoutSeconds),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount },
    });

    const deliverWebhook = new ProductFunction(this, 'DeliverWebhook', {
      name: 'deliver-webhook',
      description: 'Attempts webhook deliveries and records each attempt',
      stage,
      bundlesDirectory,
      egress,
      environment: {
        TABLE_NAME: data.table.tableName,
        DELIVERY_QUEUE_URL: this.queue.queueUrl,
        OWN_HOSTS: props.ownHosts.join(','),
      },
    });
    // No access to runs, tokens, members' addresses or idempotency claims, because this is the one function that sends
    // requests to servers chosen by tenants. It reads endpoints, follows their health and audits their disabling.
    data.grantReadsIn(deliverWebhook, {
      tenant: ['GetItem', 'Query'],
      // An event that was fired before is fired again for those of its endpoints that have no delivery yet.
      deliveries: ['GetItem', 'Query'],
      pace: ['GetItem'],
    });
    data.grantWrites(deliverWebhook, {
      tenant: ['PutItem', 'UpdateItem'],
      deliveries: ['PutItem', 'UpdateItem'],
      pace: ['UpdateItem'],
    });
    this.grantSend(deliverWebhook);
    // `maxConcurrency` limits the poller. Reserved concurrency would throttle the function instead, while the poller
    // would go on receiving messages until they reached the dead-letter queue.
    deliverWebhook.addEventSource(
      new SqsEventSource(this.queue, { ...deliveryBatches, reportBatchItemFailures: true }),
    );
  }

  grantSend(grantee: IGrantable): void {
    this.queue.grant(grantee, 'sqs:SendMessage');
    this.#customerKey?.grantThroughSqs(grantee);
  }
}
