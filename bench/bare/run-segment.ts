import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { BatchGetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import { openQueue, openTable } from './clients';

const TableName = process.env['TABLE_NAME'];
const QueueUrl = process.env['DELIVERY_QUEUE_URL'];
const table = openTable();
const queue = openQueue();

/** Longer trails are items of their own. */
const inlineBytes = 1024;

interface Segment {
  readonly tenant_id: string;
  readonly run_id: number;
  readonly workflow_id: number;
  readonly workflow_version: number;
  readonly cursor: number;
  readonly fire?: boolean;
}

/**
 * Performs one segment of log steps with the same AWS calls: read the run and its recipe, query the endpoints if the
 * run ends, store a long trail, write the run. It validates and renders nothing.
 */
export async function handler(segment: Segment) {
  const { tenant_id: tenantId, workflow_id: workflowId, workflow_version: version, cursor } = segment;
  if (segment.fire === true) return queue.send(new SendMessageBatchCommand({ QueueUrl, Entries: [] }));
  const pk = `T#${tenantId}`;
  const run = { pk: `${pk}#RUN`, sk: padded(segment.run_id) };
  const recipe = { pk, sk: `VERSION#${padded(workflowId)}#${padded(version)}` };
  const { Responses } = await table.send(
    new BatchGetCommand({ RequestItems: { [String(TableName)]: { Keys: [run, recipe], ConsistentRead: true } } }),
  );
  const text = Responses?.[String(TableName)]?.find(({ sk }) => sk === recipe.sk)?.['recipe'];
  const { steps }: { steps: readonly { type: string; message?: string; seconds?: number }[] } = JSON.parse(
    String(text),
  );
  const delayAt = steps.findIndex(({ type }, index) => index >= cursor && type === 'delay');
  const next = delayAt === -1 ? steps.length : delayAt + 1;
  const ends = next === steps.length;
  if (ends)
    await table.send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': pk, ':prefix': 'ENDPOINT#' },
      }),
    );
  const at = new Date().toISOString();
  const entries = steps.slice(cursor, next).map(({ type, message, seconds }) => ({
    type,
    status: 'succeeded',
    started_at: at,
    finished_at: at,
    output: type === 'delay' ? { seconds, resume_at: at } : { message },
    error: null,
  }));
  const isLong = Buffer.byteLength(JSON.stringify(entries)) > inlineBytes;
  const kept = { pk: `${pk}#TRAIL`, sk: `${padded(segment.run_id)}#${randomUUID()}` };
  if (isLong) await table.send(new PutCommand({ TableName, Item: { ...kept, entries } }));
  await table.send(
    new UpdateCommand({
      TableName,
      Key: run,
      UpdateExpression:
        'SET trail = list_append(trail, :entries), #cursor = :cursor, #status = :status, steps_succeeded = :cursor, steps_failed = :zero, ' +
        'started_at = :at, finished_at = :finished, resume_at = :resume, #error = :null' +
        (ends ? ' REMOVE due_at, open_shard' : ', due_at = :at, open_shard = :shard'),
      ConditionExpression: '#status IN (:queued, :running) AND #cursor = :expected',
      ExpressionAttributeNames: { '#cursor': 'cursor', '#status': 'status', '#error': 'error' },
      ExpressionAttributeValues: {
        ':entries': isLong ? [{ kept: kept.sk }] : entries,
        ':cursor': next,
        ':expected': cursor,
        ':status': ends ? 'succeeded' : 'running',
        ':queued': 'queued',
        ':running': 'running',
        ':zero': 0,
        ':null': null,
        ':at': at,
        ':finished': ends ? at : null,
        ':resume': ends ? null : at,
        ...(!ends && { ':shard': '1' }),
      },
    }),
  );
  return { ...segment, cursor: next, next: ends ? 'succeeded' : 'delay', wait_seconds: ends ? 0 : 2 };
}

function padded(number: number): string {
  return String(number).padStart(10, '0');
}
