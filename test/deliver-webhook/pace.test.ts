import { createServer } from 'node:http';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { openStores } from '../../functions/aws/open-stores';
import { endpointKey, paceKey, type Key } from '../../functions/aws/keys';
import { publicConnector, withLocalInbox } from '../../functions/guard/connect';
import { deliverBatch } from '../../functions/deliver-webhook/deliver-batch';
import { addSeconds } from '../../functions/domain/day';
import { hostPerSecond } from '../../functions/domain/delivery/pace';
import type { Endpoint } from '../../functions/domain/endpoint/endpoint';
import { closeServer, listenOnLoopback, loopback } from '../../local/listen';
import { noon, aTenant } from '../support/builders';
import { counted, holding } from '../support/requests';
import { sampled } from '../support/sample';
import { putRow, rowAt } from '../support/table';
import { aFiringRun, startHarness, tenantId } from './harness';

/** The Unix seconds in which requests arrived, by delivery id. */
const received: { readonly id: string; readonly second: number }[] = [];
let status = () => 200;
/** Without TLS and with long time limits, so that hundreds of deliveries take little time and a busy machine is no fault. */
const receiver = createServer((request, response) => {
  received.push({
    id: String(request.headers['webhook-id']),
    second: Number(request.headers['webhook-timestamp']) - noon.getTime() / 1000,
  });
  request.resume().on('end', () => response.writeHead(status()).end());
});

let harness: Awaited<ReturnType<typeof startHarness>>;
let origin: string;
beforeAll(async () => {
  harness = await startHarness();
  origin = `http://${loopback}:${await listenOnLoopback(receiver, 0)}`;
  Object.assign(harness.deps.send, {
    connect: withLocalInbox(publicConnector()),
    policy: { ownHosts: [], localInboxOrigin: origin },
    limits: { connectMs: 60_000, totalMs: 60_000 },
  });
});
afterAll(async () => {
  await harness.stop();
  await closeServer(receiver);
});

/** Each test fires events from its own run. */
beforeEach(async () => {
  await harness.reset();
  await removeRow(paceKey(tenantId, loopback));
  received.length = 0;
  status = () => 200;
});

async function removeRow(key: Key): Promise<void> {
  await harness.table.client.send(new DeleteCommand({ TableName: harness.table.tableName, Key: { ...key } }));
}

const addEndpoint = (overrides: Partial<Endpoint> = {}) => harness.addEndpoint({ url: `${origin}/in`, ...overrides });

/** Requests that arrived in each second since noon. */
function arrivals(): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { second } of received) counts[second] = (counts[second] ?? 0) + 1;
  return counts;
}

async function fireSteps(count: number): Promise<void> {
  for (let stepIndex = 0; stepIndex < count; stepIndex += 1) await harness.fire({ stepIndex });
}

/** Delivers every message when it becomes visible, without recovery. */
async function deliverAll(): Promise<void> {
  while (harness.queue.waiting.length > 0) {
    const next = Math.min(...harness.queue.waiting.map(({ at }) => at));
    harness.clock.now = new Date(Math.max(next, harness.clock.now.getTime()));
    await harness.deliverQueued();
  }
}

async function listed() {
  const list = harness.deliveryList.list(
    tenantId,
    { runUid: aFiringRun.uid },
    { limit: 1000, after: undefined, now: harness.clock.now },
  );
  return (await list).deliveries;
}

const afterNoon = (seconds: number) => addSeconds(noon, seconds).toISOString();

test('many deliveries to one host are all delivered, with one attempt each, and no second has more than the rate', async () => {
  const steps = sampled({ whole: 20, sample: 8 });
  const count = 10 * steps;
  for (let index = 0; index < 10; index += 1) await addEndpoint();
  await fireSteps(steps);

  await deliverAll();

  const perSecond = Object.values(arrivals());
  expect(perSecond.reduce((sum, arrived) => sum + arrived, 0)).toBe(count);
  expect(Math.max(...perSecond)).toBeLessThanOrEqual(hostPerSecond);
  expect(perSecond.length).toBeLessThan(12);
  const deliveries = await listed();
  expect(deliveries).toHaveLength(count);
  for (const one of deliveries) expect(one).toMatchObject({ status: 'delivered', attempts_made: 1 });
  expect(new Set(received.map(({ id }) => id)).size).toBe(count);
  for (const one of deliveries) expect(one).not.toHaveProperty('waiting_until');
});

test('an endpoint gets at most as many attempts a second as it says, and each message comes back once', async () => {
  await addEndpoint({ max_per_second: 3 });
  await fireSteps(20);
  let messagesReceived = 0;
  const receive = harness.queue.receive;
  harness.queue.receive = () => {
    const messages = receive();
    messagesReceived += messages.length;
    return messages;
  };

  await deliverAll();

  expect(arrivals()).toEqual({ 0: 3, 1: 3, 2: 3, 3: 3, 4: 3, 5: 3, 6: 2 });
  expect(messagesReceived).toBe(20 + 17);
  harness.queue.receive = receive;
});

test('a delivery that waits says until when, and has used up no attempt', async () => {
  await addEndpoint({ max_per_second: 1 });
  await fireSteps(3);
  await harness.deliverQueued();

  expect(
    (await listed())
      .map(({ status, attempts_made, next_attempt_at, waiting_until }) => [
        status,
        attempts_made,
        next_attempt_at,
        waiting_until,
      ])
      .sort(),
  ).toEqual([
    ['delivered', 1, null, undefined],
    ['pending', 0, afterNoon(1), afterNoon(1)],
    ['pending', 0, afterNoon(2), afterNoon(2)],
  ]);
  expect(harness.logged).toContainEqual({ event: 'deliveries_waiting', count: 2 });
});

test('the schedule of retries begins with the attempt, not with the wait for it', async () => {
  await addEndpoint({ max_per_second: 1 });
  status = () => (received.length === 3 ? 500 : 200);
  await fireSteps(3);

  await harness.advance(60);

  expect(arrivals()).toEqual({ 0: 1, 1: 1, 2: 1, 7: 1 });
  const failed = (await listed()).find(({ attempts_made }) => attempts_made === 2);
  expect(failed).toMatchObject({ status: 'delivered' });
});

test('a row that an earlier release wrote gets the usual rate', async () => {
  const { endpoint } = await addEndpoint();
  const { max_per_second: _new, ...row } = (await rowAt(harness.table, endpointKey(tenantId, endpoint.id)))!;
  await putRow(harness.table, row);
  await fireSteps(15);

  await harness.advance(60);

  expect(arrivals()).toEqual({ 0: 10, 1: 5 });
});

test('a duplicate that comes before the turn is dropped, and the delivery is made at its turn', async () => {
  await addEndpoint({ max_per_second: 1 });
  await fireSteps(10);
  await harness.deliverQueued();
  const last = harness.queue.waiting.find(({ at }) => at === addSeconds(noon, 9).getTime())!;

  await harness.deliverQueued([last.message]);
  expect(received).toHaveLength(1);
  await harness.advance(60);

  expect(Object.values(arrivals())).toEqual(Array.from({ length: 10 }, () => 1));
});

test('a message that is lost while its delivery waits is replaced by recovery', async () => {
  await addEndpoint({ max_per_second: 1 });
  await fireSteps(3);
  await harness.deliverQueued();
  harness.queue.waiting.length = 0;

  await harness.advance(600);

  expect((await listed()).map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered']);
  expect(Math.max(...Object.values(arrivals()))).toBe(1);
});

test('a delivery whose turn is more than 15 minutes off comes at its turn all the same', async () => {
  const { endpoint } = await addEndpoint({ max_per_second: 1 });
  const others = Array.from({ length: 1000 }, () => ({ endpointId: endpoint.id, perSecond: 1, hasWaited: false }));
  await openStores(harness.table).paces.take(tenantId, loopback, others, { now: noon, mark: 'others' });
  await harness.fire();
  await harness.deliverQueued();
  expect(harness.queue.waiting).toEqual([]);
  expect(await harness.onlyDelivery()).toMatchObject({ waiting_until: afterNoon(1000) });

  await harness.advance(1200);

  expect(arrivals()).toEqual({ 1000: 1 });
});

test('the sender dies after it took a place in line: the delivery is made later, and once', async () => {
  await addEndpoint({ max_per_second: 1 });
  await fireSteps(2);
  const { database, reached } = holding(harness.table, ({ input }) =>
    String(input.UpdateExpression).startsWith('SET waiting_until'),
  );
  const Records = harness.queue
    .receive()
    .map((message, index) => ({ messageId: String(index), body: JSON.stringify(message) }));
  void deliverBatch({ ...harness.deps, ...openStores(database) }, { Records });
  await reached;

  await harness.advance(600);

  expect((await listed()).map(({ status, attempts_made }) => [status, attempts_made])).toEqual([
    ['delivered', 1],
    ['delivered', 1],
  ]);
});

test('the deliveries of a batch to one host ask for their turns together', async () => {
  await addEndpoint();
  await fireSteps(10);
  const { database, take } = counted(harness.table);
  const Records = harness.queue
    .receive()
    .map((message, index) => ({ messageId: String(index), body: JSON.stringify(message) }));

  await deliverBatch({ ...harness.deps, ...openStores(database) }, { Records });

  // A claim and a record for each; the first asks alone, and the others may come in a few groups.
  expect(take()['Update']).toBeLessThan(10 * 2 + 6);
  expect(received).toHaveLength(10);
});

test('if too many senders ask for a host at once, the delivery comes back within seconds', async () => {
  await addEndpoint();
  await harness.fire();
  const [message] = harness.queue.receive();
  const Records = [{ messageId: '0', body: JSON.stringify(message) }];
  const crowded = { ...harness.deps, paces: { take: async () => undefined } };

  expect(await deliverBatch(crowded, { Records })).toEqual({ batchItemFailures: [] });
  expect(received).toEqual([]);
  await harness.advance(10);

  expect(arrivals()).toEqual({ 1: 1 });
});

test('one tenant’s backlog does not delay what another tenant sends to the same host', async () => {
  await addEndpoint({ max_per_second: 1 });
  await fireSteps(10);
  await harness.deliverQueued();
  const other = 'other-tenant';
  await openStores(harness.table).tenants.create(aTenant({ id: other }));
  const turns = await openStores(harness.table).paces.take(
    other,
    loopback,
    [{ endpointId: 'ep_0000000000', perSecond: 1, hasWaited: false }],
    { now: noon, mark: 'other' },
  );

  expect(turns).toEqual(['now']);
});
