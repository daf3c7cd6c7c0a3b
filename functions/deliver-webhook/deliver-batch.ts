import type { SQSBatchResponse } from 'aws-lambda';
import * as z from 'zod/mini';
import { deliveryMessageSchema } from '../contract/messages';
import { errorFields, type Log } from '../edge/log/log';
import { attemptDelivery, type Attempted, type AttemptDeps } from './attempt-delivery';
import { turnTaker } from './take-turns';

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
const eventSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/**
 * Attempts all deliveries of a batch at once, so that one slow receiver does not delay the others. Only messages that
 * could not be processed are returned to the queue; one that never can be ends in the dead-letter queue.
 */
export async function deliverBatch(deps: AttemptDeps, event: unknown): Promise<SQSBatchResponse> {
  const { Records } = eventSchema.parse(event);
  const attempted: Attempted[] = [];
  const takeTurn = turnTaker(deps);
  let waiting = 0;
  const failed = await Promise.all(
    Records.map(async ({ messageId, body }) => {
      try {
        const made = await attemptDelivery(deps, takeTurn, deliveryMessageSchema.parse(JSON.parse(body)));
        if (made === 'waits') waiting += 1;
        else if (made !== undefined) attempted.push(made);
        return [];
      } catch (error) {
        deps.log('error', { event: 'delivery_message_failed', message: messageId, ...errorFields(error) });
        return [{ itemIdentifier: messageId }];
      }
    }),
  );
  measure(deps.log, attempted);
  if (waiting > 0) deps.log('info', { event: 'deliveries_waiting', count: waiting });
  return { batchItemFailures: failed.flat() };
}

/** Metrics are logged once for each batch: with one set for each attempt they would be most of the log. */
function measure(log: Log, attempted: readonly Attempted[]): void {
  for (const code of new Set(attempted.map((made) => made.code))) {
    const waits = attempted.filter((made) => made.code === code).map(({ waitedMs }) => waitedMs);
    log('info', { event: 'deliveries_attempted', code }, { Attempts: waits.length, AttemptWaitMs: waits });
  }
}
