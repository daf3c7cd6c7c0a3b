import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startQueueEngine } from '../../local/queue/start-queue-engine';
import { startLocalOperator } from './operator';

const names = ['deliveries', 'dead-letters'] as const;

export type LocalQueues = Awaited<ReturnType<typeof startLocalQueues>>;

/** Starts a local table and the product's two queues on the local queue engine. */
export async function startLocalQueues() {
  const engine = await startQueueEngine('us-east-1');
  const sqs = new SQSClient({
    endpoint: engine.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    useQueueUrlAsEndpoint: false,
  });
  const queueUrl = (name: (typeof names)[number]) => `${engine.endpoint}/000000000000/${name}`;
  for (const QueueName of names) await sqs.send(new CreateQueueCommand({ QueueName }));
  const operator = await startLocalOperator({
    sqs_url: engine.endpoint,
    delivery_queue_url: queueUrl('deliveries'),
    dead_letter_queue_url: queueUrl('dead-letters'),
  });
  return {
    operator,
    sqs,
    queueUrl,
    stop: async () => {
      await operator.stop();
      sqs.destroy();
      await engine.stop();
    },
  };
}
