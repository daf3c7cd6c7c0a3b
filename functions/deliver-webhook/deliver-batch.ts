import type { SQSBatchResponse } from 'aws-lambda';
import * as z from 'zod/mini';
import { deliveryMessageSchema } from '../contract';
import { errorFields } from '../edge/log';
import { attemptDelivery, type AttemptDeps } from './attempt-delivery';

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
const eventSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/**
 * Attempts all deliveries of a batch at once, so one slow receiver costs the others nothing. Only messages that could
 * not be worked off come back; one that never can be ends in the dead-letter queue.
 */
export async function deliverBatch(deps: AttemptDeps, event: unknown): Promise<SQSBatchResponse> {
  const { Records } = eventSchema.parse(event);
  const failed = await Promise.all(
    Records.map(async ({ messageId, body }) => {
      try {
        await attemptDelivery(deps, deliveryMessageSchema.parse(JSON.parse(body)));
        return [];
      } catch (error) {
        deps.log('error', { event: 'delivery_message_failed', message: messageId, ...errorFields(error) });
        return [{ itemIdentifier: messageId }];
      }
    }),
  );
  return { batchItemFailures: failed.flat() };
}
