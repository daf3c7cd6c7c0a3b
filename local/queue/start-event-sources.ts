import type { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import type { Functions } from '../lambda/functions';
import type { Stack } from '../template/stack';
import { pollQueue } from './poll-queue';

const mappingSchema = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z._default(z.number(), 10),
  FunctionResponseTypes: z._default(z.array(z.string()), []),
  ScalingConfig: z.optional(z.object({ MaximumConcurrency: z.number() })),
  // A filter is an error, because ignoring it would change which messages the function receives.
  FilterCriteria: z.optional(z.never()),
});

/** Lambda's poller begins with this concurrency and scales with the load; the local one does not scale. */
const defaultConcurrency = 5;

/**
 * Batches of one queue at the same time. Its function shares a thread here, so fifty batches of ten deliveries would
 * only make everything else wait; ten still send a hundred webhooks at once.
 */
const maxConcurrencyHere = 10;

export interface EventSources {
  readonly stop: () => Promise<void>;
}

/** Polls every queue that the stack maps to a function. */
export function startEventSources(
  stack: Stack,
  region: string,
  sqs: SQSClient,
  functions: Functions,
  report: (error: unknown) => void,
): EventSources {
  const queues = stack.resources('AWS::SQS::Queue');
  const stopping = new AbortController();
  const polls = stack.resources('AWS::Lambda::EventSourceMapping').map(({ logicalId, read }) => {
    const mapping = read(mappingSchema);
    const queue = queues.find(({ attributes }) => attributes['Arn'] === mapping.EventSourceArn);
    if (!queue) throw new Error(`${logicalId} maps ${mapping.EventSourceArn}, which is not a queue of the stack.`);
    const polling = {
      queueUrl: queue.ref,
      queueArn: mapping.EventSourceArn,
      region,
      batchSize: mapping.BatchSize,
      maxConcurrency: Math.min(mapping.ScalingConfig?.MaximumConcurrency ?? defaultConcurrency, maxConcurrencyHere),
      reportsBatchItemFailures: mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    };
    return pollQueue(polling, sqs, functions.named(mapping.FunctionName), report, stopping.signal);
  });
  return {
    stop: async () => {
      stopping.abort();
      await Promise.allSettled(polls);
    },
  };
}
