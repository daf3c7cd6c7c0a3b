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
 * SQS's stand-in, in memory: the table's `open` index, not the queue, is what remembers work over a restart.
 * Not through `startFauxqs`, which listens on every network interface.
 */
export async function startQueueEngine(region: string): Promise<QueueEngine> {
  const { buildApp } = await import('fauxqs');
  const app = buildApp({ logger: false, host: 'localhost', defaultRegion: region });
  // fauxqs calls a queue http://sqs.<region>.localhost:<port>/…, a name that not every machine resolves.
  // Ours has the address in it, as the SDK sends requests to where the queue's URL points.
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

/** Dead-letter queues first, whatever their order in the template: a queue must not point at one that is not there. */
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
