import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { isRecord } from '../template/is-record';
import type { Stack } from '../template/stack';
import { listenForPrograms, loopback } from '../listen';

export interface QueueEngine {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

const queuePropertiesSchema = z.object({
  VisibilityTimeout: z.optional(z.number()),
  DelaySeconds: z.optional(z.number()),
  RedrivePolicy: z.optional(z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() })),
});

/**
 * Emulates SQS in memory. Losing the messages in a restart does no harm, because recovery finds open deliveries in the
 * table's index `open`. It does not use `startFauxqs`, which listens on every network interface.
 */
export async function startQueueEngine(region: string): Promise<QueueEngine> {
  const { buildApp } = await import('fauxqs');
  const app = buildApp({ logger: false, host: 'localhost', defaultRegion: region });
  // The SDK sends requests to the host in the queue's URL. fauxqs uses http://sqs.<region>.localhost:<port>/…, a name
  // that not every machine resolves, so our queue URLs contain the loopback address and are translated here.
  app.addHook('preHandler', (request, _reply, done) => {
    if (isRecord(request.body) && typeof request.body['QueueUrl'] === 'string') {
      request.body['QueueUrl'] = request.body['QueueUrl'].replace(`//${loopback}:`, `//sqs.${region}.localhost:`);
    }
    done();
  });
  await app.ready();
  const port = await listenForPrograms(app.server);
  return { endpoint: `http://${loopback}:${port}`, stop: () => app.close() };
}

/** Creates dead-letter queues first, because a queue must not refer to a dead-letter queue that does not exist yet. */
export async function createQueues(stack: Stack, sqs: SQSClient): Promise<void> {
  const queues = stack
    .resources('AWS::SQS::Queue')
    .map(({ attributes, read }) => ({
      ...read(queuePropertiesSchema),
      name: attributes['QueueName'],
    }))
    .sort((a, b) => Number(a.RedrivePolicy !== undefined) - Number(b.RedrivePolicy !== undefined));
  for (const { name, VisibilityTimeout, DelaySeconds, RedrivePolicy } of queues) {
    await sqs.send(
      new CreateQueueCommand({
        QueueName: name,
        Attributes: {
          ...(VisibilityTimeout !== undefined && { VisibilityTimeout: String(VisibilityTimeout) }),
          ...(DelaySeconds !== undefined && { DelaySeconds: String(DelaySeconds) }),
          ...(RedrivePolicy && { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
        },
      }),
    );
  }
}
