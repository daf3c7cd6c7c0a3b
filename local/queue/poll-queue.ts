import { DeleteMessageBatchCommand, ReceiveMessageCommand, type Message, type SQSClient } from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { InvokeFunction } from '../lambda/invoke';

export interface QueuePolling {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly region: string;
  readonly batchSize: number;
  readonly maxConcurrency: number;
  readonly reportsBatchItemFailures: boolean;
}

const batchResponseSchema = z.nullish(
  z.object({ batchItemFailures: z.nullish(z.array(z.object({ itemIdentifier: z.string() }))) }),
);

/**
 * Emulates Lambda's poller of an SQS event source: it receives messages, invokes the function and deletes the messages
 * that succeeded. Failed messages become visible again after the queue's visibility timeout, and move to the
 * dead-letter queue after too many receives.
 */
export async function pollQueue(
  polling: QueuePolling,
  sqs: SQSClient,
  invoke: InvokeFunction,
  report: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  const running = new Set<Promise<void>>();
  while (!signal.aborted) {
    if (running.size >= polling.maxConcurrency) await Promise.race(running);
    const messages = await receive(polling, sqs, report, signal);
    if (messages.length === 0) continue;
    const batch = handleBatch(messages, polling, sqs, invoke)
      .catch(report)
      .finally(() => running.delete(batch));
    running.add(batch);
  }
  await Promise.all(running);
}

async function receive(
  { queueUrl, batchSize }: QueuePolling,
  sqs: SQSClient,
  report: (error: unknown) => void,
  signal: AbortSignal,
): Promise<Message[]> {
  try {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(batchSize, 10),
        WaitTimeSeconds: 20,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
      { abortSignal: signal },
    );
    return Messages;
  } catch (error) {
    if (signal.aborted) return [];
    report(error);
    await sleep(1_000);
    return [];
  }
}

async function handleBatch(
  messages: readonly Message[],
  polling: QueuePolling,
  sqs: SQSClient,
  invoke: InvokeFunction,
): Promise<void> {
  const result = await invoke({ Records: messages.map((message) => toRecord(message, polling)) });
  const failed = result.ok ? failedIds(result.payload, messages, polling) : messages.map(({ MessageId }) => MessageId);
  const done = messages.filter(({ MessageId }) => !failed.includes(MessageId));
  if (done.length === 0) return;
  await sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl: polling.queueUrl,
      Entries: done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
    }),
  );
}

/** As in Lambda, a response that names a message which is not in the batch fails the whole batch. */
function failedIds(
  payload: unknown,
  messages: readonly Message[],
  { reportsBatchItemFailures }: QueuePolling,
): readonly (string | undefined)[] {
  if (!reportsBatchItemFailures) return [];
  const everyId = messages.map(({ MessageId }) => MessageId);
  const response = batchResponseSchema.safeParse(payload);
  if (!response.success) return everyId;
  const ids = (response.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return ids.every((id) => everyId.includes(id)) ? ids : everyId;
}

function toRecord(message: Message, { queueArn, region }: QueuePolling) {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, { DataType, StringValue }]) => [
        name,
        { dataType: DataType, stringValue: StringValue, stringListValues: [], binaryListValues: [] },
      ]),
    ),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}
