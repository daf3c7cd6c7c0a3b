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
  /** Default: the key of SQS, without charge. */
  readonly customerKey?: CustomerKey | undefined;
  /** Default: webhooks come from whatever addresses Lambda has. */
  readonly egress?: FixedEgress | undefined;
}

/** A message that fails this often is poison: refused and failed attempts are recorded and their messages consumed. */
export const maxReceiveCount = 5;

/** A dead letter waits this long for an operator, the longest time that SQS keeps a message. */
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
      // Six times the function's timeout, as Lambda asks: docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
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
    // It is the one function that talks to strangers: no run is within its reach.
    data.grantItemsExceptRuns(deliverWebhook, 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem');
    this.grantSend(deliverWebhook);
    // Not reserved concurrency: the poller would go on receiving what the function then throttles, up to the dead letters.
    deliverWebhook.addEventSource(
      new SqsEventSource(this.queue, { ...deliveryBatches, reportBatchItemFailures: true }),
    );
  }

  grantSend(grantee: IGrantable): void {
    this.queue.grant(grantee, 'sqs:SendMessage');
    this.#customerKey?.grantThroughSqs(grantee);
  }
}
