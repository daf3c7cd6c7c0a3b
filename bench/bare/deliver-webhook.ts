import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { createHmac, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { openQueue, openTable } from './clients';

const TableName = process.env['TABLE_NAME'];
const QueueUrl = process.env['DELIVERY_QUEUE_URL'];
const table = openTable();
const queue = openQueue();

const eventIdCharacters = 28;

interface Message {
  readonly tenant_id: string;
  readonly delivery_id: string;
  readonly pace: { readonly host: string };
}

interface Batch {
  readonly Records: readonly { readonly body: string }[];
}

/**
 * Makes the first attempt of each delivery: the same AWS calls with the same expressions, as many at once, and a signed
 * request. One write asks for the turns of all deliveries to one host. It does not check the address, limit the response,
 * decide about a retry or track the endpoint's health.
 */
export async function handler({ Records }: Batch) {
  const messages = Records.map(({ body }) => read(body));
  const turns = takeTurns(messages);
  const statuses = await Promise.all(messages.map((message) => deliver(message, turns)));
  // The product uses the queue for retries. The benchmark does not measure them, but the baseline must load the client.
  if (statuses.some((status) => status >= 300))
    await queue.send(new SendMessageBatchCommand({ QueueUrl, Entries: [] }));
  return { batchItemFailures: [] };
}

function read(body: string): Message {
  const message: Message = JSON.parse(body);
  return message;
}

async function takeTurns([first]: readonly Message[]): Promise<void> {
  const second = Math.floor(Date.now() / 1000);
  await table.send(
    new UpdateCommand({
      TableName,
      Key: { pk: `T#${String(first?.tenant_id)}#PACE`, sk: String(first?.pace.host) },
      UpdateExpression: 'SET #pace = :pace, #mark = :mark, #ends_at = :ends_at, #expires = :expires',
      ConditionExpression: 'attribute_not_exists(pk) OR ends_at <= :second OR attribute_exists(pk)',
      ExpressionAttributeNames: { '#pace': 'pace', '#mark': 'mark', '#ends_at': 'ends_at', '#expires': 'expires' },
      ExpressionAttributeValues: {
        ':pace': { second, sent: {}, lines: {} },
        ':mark': randomUUID(),
        ':ends_at': second + 1,
        ':expires': second + 86_400,
        ':second': second,
      },
    }),
  );
}

async function deliver(message: Message, turns: Promise<void>): Promise<number> {
  const { tenant_id: tenantId, delivery_id: id } = message;
  const pk = `T#${tenantId}`;
  const Key = { pk: `${pk}#DLV`, sk: `DELIVERY#${id.slice('dlv_'.length)}` };
  const lease = randomUUID();
  const at = new Date().toISOString();
  const idInPath = id.slice('dlv_'.length);
  const get = (key: { pk: string; sk: string }) =>
    table.send(new GetCommand({ TableName, Key: key, ConsistentRead: true }));
  const [, { Item: endpoint }, { Item: event }] = await Promise.all([
    table.send(
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: 'SET lease = :token, lease_until = :until',
        ConditionExpression:
          '#status = :pending AND attempts_made = :made AND (attribute_not_exists(lease_until) OR lease_until < :now OR lease = :token) ' +
          'AND (attribute_not_exists(waiting_until) OR waiting_until <= :almost)',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':token': lease,
          ':until': at,
          ':pending': 'pending',
          ':made': 0,
          ':now': at,
          ':almost': at,
        },
        ReturnValues: 'ALL_OLD',
      }),
    ),
    get({ pk, sk: `ENDPOINT#ep_${idInPath.slice(eventIdCharacters).toLowerCase()}` }),
    get({ pk: Key.pk, sk: `EVENT#${idInPath.slice(0, eventIdCharacters)}` }),
    turns,
  ]);
  const body = String(event?.['envelope']);
  const status = await post(String(endpoint?.['url']), signed(id, body, String(endpoint?.['secret'])), body);
  await table.send(
    new UpdateCommand({
      TableName,
      Key,
      UpdateExpression:
        'SET #status = :status, ended_reason = :reason, next_attempt_at = :next, #url = :url, ' +
        'attempts_made = :made, attempts = :attempts REMOVE due_at, open_shard, lease_until, waiting_until, lease',
      ConditionExpression: 'lease = :token AND attribute_exists(lease_until)',
      ExpressionAttributeNames: { '#status': 'status', '#url': 'url' },
      ExpressionAttributeValues: {
        ':token': lease,
        ':status': 'delivered',
        ':reason': null,
        ':next': null,
        ':url': endpoint?.['url'],
        ':attempts': [{ number: 1, at, response_status: status, url: endpoint?.['url'] }],
        ':made': 1,
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
