import { SendMessageBatchCommand, SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import type { DeliveryMessage } from '../../contract/messages';
import type { DeliveryQueue } from '../../domain/delivery/dispatch';

/** SQS takes at most 10 messages a request: docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const batchSize = 10;

/**
 * The queue of delivery attempts. It never throws, because a delivery's row is its outbox: two minutes later recovery
 * queues again what SQS did not take.
 *
 * @param onUnsent called with the messages that SQS did not take
 */
export function deliveryQueue(
  client: SQSClient,
  queueUrl: string,
  onUnsent: (unsent: readonly DeliveryMessage[], error: unknown) => void,
): DeliveryQueue {
  async function sendBatch(messages: readonly DeliveryMessage[], delaySeconds: number): Promise<void> {
    try {
      const { Failed = [] } = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: messages.map((message, index) => ({
            Id: String(index),
            MessageBody: JSON.stringify(message),
            DelaySeconds: delaySeconds,
            // A fair queue: one tenant's backlog does not delay the others.
            // docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
            MessageGroupId: message.tenant_id,
          })),
        }),
      );
      const failed = new Set(Failed.map(({ Id }) => Id));
      if (failed.size > 0)
        onUnsent(
          messages.filter((_, index) => failed.has(String(index))),
          new Error(Failed[0]?.Code ?? 'Failed'),
        );
    } catch (error) {
      onUnsent(messages, error);
    }
  }

  return {
    async send(messages, { delaySeconds = 0 } = {}) {
      const batches: Promise<void>[] = [];
      for (let from = 0; from < messages.length; from += batchSize) {
        batches.push(sendBatch(messages.slice(from, from + batchSize), delaySeconds));
      }
      await Promise.all(batches);
    },
  };
}

/** @param reach where the queues are; by default the environment says so */
export function openSqs(reach: SQSClientConfig = {}): SQSClient {
  return new SQSClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
    // The endpoint of the Region serves every queue; the local engine cannot be reached by the host in its queue URLs.
    useQueueUrlAsEndpoint: false,
    ...reach,
  });
}
