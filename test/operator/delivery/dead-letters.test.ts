import { PurgeQueueCommand, ReceiveMessageCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { startLocalQueues, type LocalQueues } from '../local-queues';
import type { LocalOperator } from '../operator';

let queues: LocalQueues;
let sqs: SQSClient;
let operator: LocalOperator;
let queueUrl: LocalQueues['queueUrl'];

beforeAll(async () => {
  queues = await startLocalQueues();
  ({ operator, sqs, queueUrl } = queues);
});
afterAll(() => queues.stop());

beforeEach(async () => {
  for (const name of ['deliveries', 'dead-letters'] as const) {
    await sqs.send(new PurgeQueueCommand({ QueueUrl: queueUrl(name) }));
  }
});

const bury = (body: string) =>
  sqs.send(new SendMessageCommand({ QueueUrl: queueUrl('dead-letters'), MessageBody: body }));
const message = (tenantId: string, n: number) =>
  JSON.stringify({ tenant_id: tenantId, delivery_id: `dlv_${n}`, attempts: 1 });

async function queued(): Promise<string[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl('deliveries'), MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
  );
  return Messages.map(({ Body = '' }) => Body);
}

test('listing dead letters leaves them in the queue, so they can be listed again', async () => {
  const id = await operator.createTenant();
  await bury(message(id, 1));
  await bury('not a delivery at all');

  const first = await operator.json('dead-letters', 'list', '--limit', '2');
  const again = await operator.run('dead-letters', 'list', '--limit', '2');

  expect(first.count).toBe(2);
  expect(first.data).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ tenant_id: id, delivery_id: 'dlv_1', attempts: 1 }),
      expect.objectContaining({ tenant_id: null, delivery_id: null, attempts: null }),
    ]),
  );
  expect(again.out).toContain('dlv_1');
  expect(again.out).toContain('not a delivery');
});

test('a redrive puts deliveries back in the queue unchanged, with an audit row; unreadable messages stay', async () => {
  const id = await operator.createTenant();
  await bury(message(id, 1));
  await bury('not a delivery at all');

  const { code, out } = await operator.run('dead-letters', 'redrive', '--limit', '2');

  expect(code).toBe(0);
  expect(out).toMatch(/^1 message is back in the delivery queue\.\n\nThese stay in the dead-letter queue:\n/);
  expect(await queued()).toEqual([message(id, 1)]);
  expect((await operator.json('dead-letters', 'list', '--limit', '1')).data).toMatchObject([{ tenant_id: null }]);
  expect(await operator.audit(id)).toMatchObject([
    { action: 'delivery.redelivered', target: 'dlv_1', detail: { from: 'dead letters' } },
  ]);
});

test('a redrive moves no more messages than its limit', async () => {
  const id = await operator.createTenant();
  for (let n = 1; n <= 12; n += 1) await bury(message(id, n));

  expect((await operator.json('dead-letters', 'redrive', '--limit', '11')).redriven).toHaveLength(11);
  const left = await operator.json('dead-letters', 'list', '--limit', '1');
  expect([left.data.length, left.count]).toEqual([1, 1]);
});

test('the operator says when the dead-letter queue is empty', async () => {
  expect(await operator.run('dead-letters', 'list')).toEqual({
    code: 0,
    out: 'The dead-letter queue is empty.\n',
    err: '',
  });
  expect(await operator.json('dead-letters', 'redrive')).toEqual({ redriven: [], left: [] });
});
