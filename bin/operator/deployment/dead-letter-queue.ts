import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type Message,
} from '@aws-sdk/client-sqs';
import { deliveryMessageSchema, type DeliveryMessage } from '../../../functions/contract/messages';
import type { Deployment } from './deployment';

export interface DeadLetter {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly sentAt: string | null;
  /** Undefined if the body is not a delivery message: after a redrive it would only fail again. */
  readonly delivery: DeliveryMessage | undefined;
}

export type ReadableLetter = DeadLetter & { readonly delivery: DeliveryMessage };

/** SQS takes at most 10 messages in any batch call. */
const batchSize = 10;
/**
 * Visibility timeout: long enough to handle the messages that were read, and short enough that they can be read again
 * soon after the command was interrupted.
 */
const hiddenSeconds = 60;

/**
 * The messages that `deliver-webhook` failed to process. They are moved by receiving and sending them, not by
 * StartMessageMoveTask, because that cannot select messages and the local run's queues do not have it.
 */
export function deadLetterQueue({ sqs, deadLetterQueueUrl, deliveryQueueUrl }: Omit<Deployment, 'database'>) {
  const QueueUrl = deadLetterQueueUrl;

  async function receive(limit: number): Promise<DeadLetter[]> {
    const letters = new Map<string, DeadLetter>();
    while (letters.size < limit) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: Math.min(batchSize, limit - letters.size),
          VisibilityTimeout: hiddenSeconds,
          // A long poll asks all of SQS's servers; a short poll may find nothing although there are messages.
          WaitTimeSeconds: 1,
          MessageSystemAttributeNames: ['SentTimestamp'],
        }),
      );
      if (Messages.length === 0) break;
      for (const letter of Messages.map(readLetter)) letters.set(letter.messageId, letter);
    }
    return [...letters.values()];
  }

  /** Makes messages visible again at once. */
  async function putBack(letters: readonly DeadLetter[]): Promise<void> {
    for (const batch of inBatches(letters)) {
      const Entries = batch.map(({ receiptHandle }, index) => ({
        Id: String(index),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: 0,
      }));
      await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
    }
  }

  /**
   * Sends before it deletes. If the command dies in between, the message is sent twice and `deliver-webhook` drops the
   * second one; in the other order it would be lost.
   */
  async function moveBatch(batch: readonly ReadableLetter[]) {
    const { Successful = [] } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: deliveryQueueUrl,
        Entries: batch.map(({ body, delivery }, index) => ({
          Id: String(index),
          MessageBody: body,
          MessageGroupId: delivery.tenant_id,
        })),
      }),
    );
    const moved = batch.filter((_, index) => Successful.some(({ Id }) => Id === String(index)));
    const Entries = moved.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
    if (Entries.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    return moved;
  }

  return {
    /** SQS's approximate count, which is correct within a minute after the last change. */
    async count(): Promise<number> {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl,
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
      );
      return Object.values(Attributes ?? {}).reduce((sum, value) => sum + Number(value), 0);
    },

    /** Reads up to `limit` messages and leaves them in the queue. */
    async list(limit: number): Promise<DeadLetter[]> {
      const letters = await receive(limit);
      await putBack(letters);
      return letters;
    },

    /**
     * Moves up to `limit` messages back to the delivery queue. Messages that are not deliveries stay.
     *
     * @param onMoved called after each batch, so that a later failure does not hide what was moved
     */
    async redrive(
      limit: number,
      onMoved: (letters: readonly ReadableLetter[]) => Promise<void>,
    ): Promise<{ moved: ReadableLetter[]; left: DeadLetter[] }> {
      const letters = await receive(limit);
      const readable = letters.flatMap((letter) =>
        letter.delivery === undefined ? [] : [{ ...letter, delivery: letter.delivery }],
      );
      const moved: ReadableLetter[] = [];
      for (const batch of inBatches(readable)) {
        const letters = await moveBatch(batch);
        await onMoved(letters);
        moved.push(...letters);
      }
      const movedIds = new Set(moved.map(({ messageId }) => messageId));
      const left = letters.filter(({ messageId }) => !movedIds.has(messageId));
      await putBack(left);
      return { moved, left };
    },
  };
}

function readLetter({ MessageId = '', ReceiptHandle = '', Body = '', Attributes }: Message): DeadLetter {
  const sentMs = Number(Attributes?.SentTimestamp);
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    sentAt: Number.isFinite(sentMs) ? new Date(sentMs).toISOString() : null,
    delivery: readDelivery(Body),
  };
}

function readDelivery(body: string): DeliveryMessage | undefined {
  try {
    return deliveryMessageSchema.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}

function inBatches<Item>(items: readonly Item[]): Item[][] {
  const batches: Item[][] = [];
  for (let from = 0; from < items.length; from += batchSize) batches.push(items.slice(from, from + batchSize));
  return batches;
}
