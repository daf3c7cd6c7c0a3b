import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { BatchGetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { createHmac, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { openQueue, openTable } from './clients';

const TableName = process.env['TABLE_NAME'];
const QueueUrl = process.env['DELIVERY_QUEUE_URL'];
const table = openTable();
const queue = openQueue();

const eventIdCharacters = 28;

interface Batch {
  readonly Records: readonly { readonly body: string }[];
}

/**
 * Makes the first attempt of each delivery: the same three AWS calls and a signed request. It does not check the
 * address, limit the response, decide about a retry or track the endpoint's health.
 */
export async function handler({ Records }: Batch) {
  const statuses = await Promise.all(Records.map(({ body }) => deliver(JSON.parse(body))));
  // The product uses the queue for retries. The benchmark does not measure them, but the baseline must load the client.
  if (statuses.some((status) => status >= 300))
    await queue.send(new SendMessageBatchCommand({ QueueUrl, Entries: [] }));
  return { batchItemFailures: [] };
}

async function deliver(message: { readonly tenant_id: string; readonly delivery_id: string }): Promise<number> {
  const { tenant_id: tenantId, delivery_id: id } = message;
  const pk = `T#${tenantId}`;
  const Key = { pk: `${pk}#DLV`, sk: `DELIVERY#${id.slice('dlv_'.length)}` };
  const lease = randomUUID();
  const at = new Date().toISOString();
  const { Attributes } = await table.send(
    new UpdateCommand({
      TableName,
      Key,
      UpdateExpression: 'SET lease = :lease, lease_until = :at',
      ConditionExpression: '#status = :pending AND attempts_made = :none AND attribute_not_exists(lease_until)',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':lease': lease, ':at': at, ':pending': 'pending', ':none': 0 },
      ReturnValues: 'ALL_NEW',
    }),
  );
  const endpointKey = { pk, sk: `ENDPOINT#${String(Attributes?.['endpoint_id'])}` };
  const eventKey = { pk: Key.pk, sk: `EVENT#${id.slice('dlv_'.length, 'dlv_'.length + eventIdCharacters)}` };
  const { Responses } = await table.send(
    new BatchGetCommand({
      RequestItems: { [String(TableName)]: { Keys: [endpointKey, eventKey], ConsistentRead: true } },
    }),
  );
  const rows = Responses?.[String(TableName)] ?? [];
  const endpoint = rows.find(({ sk }) => sk === endpointKey.sk);
  const body = String(rows.find(({ sk }) => sk !== endpointKey.sk)?.['envelope']);
  const status = await post(String(endpoint?.['url']), signed(id, body, String(endpoint?.['secret'])), body);
  await table.send(
    new UpdateCommand({
      TableName,
      Key,
      UpdateExpression:
        'SET #status = :delivered, attempts = :attempts, attempts_made = :one REMOVE due_at, open_shard, lease, lease_until',
      ConditionExpression: 'lease = :lease',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':lease': lease,
        ':delivered': 'delivered',
        ':one': 1,
        ':attempts': [{ number: 1, at, response_status: status, url: endpoint?.['url'] }],
      },
    }),
  );
  return status;
}

function signed(id: string, body: string, secret: string): Record<string, string | number> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}

function post(url: string, headers: Record<string, string | number>, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', headers, agent: false })
      .on('response', (response) => response.resume().on('end', () => resolve(response.statusCode ?? 0)))
      .on('error', reject)
      .end(body);
  });
}
