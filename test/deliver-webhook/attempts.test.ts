import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Webhook } from 'standardwebhooks';
import { ulid } from 'ulid';
import { endpointSecretStore } from '../../functions/aws/endpoint/secrets';
import { getRow } from '../../functions/aws/database';
import { attemptKey, deliveryKey } from '../../functions/aws/keys';
import { openStores } from '../../functions/aws/open-stores';
import { productVersion } from '../../functions/contract/version';
import { deliverBatch } from '../../functions/deliver-webhook/deliver-batch';
import { addSeconds } from '../../functions/domain/day';
import { redeliver } from '../../functions/domain/delivery/redeliver';
import { redeliverOverdue } from '../../functions/domain/delivery/requeue-overdue';
import { attemptLeaseSeconds } from '../../functions/domain/timetable';
import { breaking } from '../support/requests';
import { newSigningSecret } from '../../functions/domain/endpoint/signature';
import { noon } from '../support/builders';
import type { Received } from './https-receiver';
import { aFiringRun, startHarness, tenantId } from './harness';

let harness: Awaited<ReturnType<typeof startHarness>>;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(async () => {
  await harness.reset();
  await removeDeliveries();
});

/** Each test fires events from its own run. */
async function removeDeliveries(): Promise<void> {}

function respondWith(...statuses: number[]): void {
  let next = 0;
  harness.receiver.respondWith((response) => {
    response.writeHead(statuses[Math.min(next, statuses.length - 1)] ?? 200).end(`answer ${next}`);
    next += 1;
  });
}

/**
 * Compares with the reference library's own signature. Its `verify` cannot be used, because it reads the real clock.
 */
function expectSigned({ headers, body }: Received, ...secrets: string[]): void {
  const at = new Date(Number(headers['webhook-timestamp']) * 1000);
  expect(headers['webhook-signature']).toBe(
    secrets.map((secret) => new Webhook(secret).sign(String(headers['webhook-id']), at, body)).join(' '),
  );
}

/** A request for a redelivery at the present time. */
const again = () => ({ now: harness.clock.now, by: ulid() });

const seconds = (received: Received) => Number(received.headers['webhook-timestamp']) - noon.getTime() / 1000;

test('a delivery is signed, sent once and logged', async () => {
  const { endpoint, secret } = await harness.addEndpoint({ headers: { 'x-api-key': 'k' } });

  expect(await harness.fire()).toEqual({ matched_endpoints: 1 });
  expect(await harness.deliverQueued()).toEqual([]);

  const [received] = harness.receiver.received;
  expectSigned(received!, secret);
  expect(JSON.parse(received!.body)).toEqual({
    type: 'campaign.kickoff',
    timestamp: noon.toISOString(),
    data: { campaign: 'spring-2026' },
    run: { id: 12, uid: aFiringRun.uid, workflow_id: 3 },
  });
  const delivery = await harness.onlyDelivery();
  expect(received!.headers).toMatchObject({
    'webhook-id': delivery.id,
    'content-type': 'application/json',
    'user-agent': `coffield-workflows/${productVersion}`,
    'workflow-event': 'campaign.kickoff',
    'workflow-run-id': '12',
    'workflow-run-uid': aFiringRun.uid,
    'x-api-key': 'k',
  });
  expect(delivery).toMatchObject({
    endpoint_id: endpoint.id,
    status: 'delivered',
    attempts_made: 1,
    next_attempt_at: null,
    ended_reason: null,
  });
  expect(delivery.attempts).toEqual([
    {
      number: 1,
      trigger: 'event',
      at: noon.toISOString(),
      duration_ms: expect.any(Number),
      url: endpoint.url,
      request_headers: expect.objectContaining({
        'webhook-signature': received!.headers['webhook-signature'],
        'x-api-key': null,
      }),
      address: '127.0.0.1',
      response_status: 200,
      response_excerpt: 'ok',
      error: null,
    },
  ]);
  await harness.advance(3600);
  expect(harness.receiver.received).toHaveLength(1);
});

test('a receiver that always fails gets exactly eight attempts over 27 h 35 min, all with one id', async () => {
  const { secret } = await harness.addEndpoint();
  respondWith(500);
  await harness.fire();

  await harness.advance(10 * 86_400);

  const at = harness.receiver.received.map(seconds);
  const documentedSeconds = [0, 5, 305, 2105, 9305, 27_305, 63_305, 99_305];
  expect(at).toHaveLength(8);
  // The queue delays a message by up to 15 minutes, to the second; recovery sends longer ones at its next minute.
  for (const [index, second] of at.entries()) {
    expect(second).toBeGreaterThanOrEqual(documentedSeconds[index]!);
    expect(second).toBeLessThan(documentedSeconds[index]! + 60 * index + 1);
  }
  expect(at.slice(0, 3)).toEqual([0, 5, 305]);
  const delivery = await harness.onlyDelivery();
  expect(new Set(harness.receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(
    new Set([delivery.id]),
  );
  expect(new Set(harness.receiver.received.map(({ body }) => body)).size).toBe(1);
  for (const received of harness.receiver.received) expectSigned(received, secret);
  expect(delivery).toMatchObject({
    status: 'failed',
    ended_reason: 'attempts_exhausted',
    attempts_made: 8,
    next_attempt_at: null,
  });
  expect(
    delivery.attempts.map(({ number, response_status, error }) => [number, response_status, error?.class]),
  ).toEqual(Array.from({ length: 8 }, (_, index) => [index + 1, 500, 'http_status']));
});

test('each attempt has its own span in the trace of the run, including retries and replays', async () => {
  await harness.addEndpoint();
  respondWith(500, 200);
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';
  await harness.fire({ origin: { request_id: 'request-1', traceparent } });
  await harness.advance(5);
  await harness.fire({ stepIndex: 3 });
  await harness.deliverQueued();

  const [first, second, untraced] = harness.receiver.received.map(({ headers }) => String(headers['traceparent']));
  for (const sent of [first, second]) expect(sent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-00$/);
  expect(new Set([first, second, traceparent]).size).toBe(3);
  expect(untraced).toMatch(/^00-(?!0af7651916cd43dd8448eb211c80319c)[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(harness.logged.filter(({ event }) => event === 'delivery_attempted')[0]).toMatchObject({
    trace: '0af7651916cd43dd8448eb211c80319c',
    request_id: 'request-1',
    workflow: 3,
    code: 'http_status',
  });
});

test('a retry that succeeds ends the delivery, and no further attempt is made', async () => {
  await harness.addEndpoint();
  respondWith(500, 503, 200);
  await harness.fire();

  await harness.advance(86_400);

  expect(harness.receiver.received.map(seconds)).toEqual([0, 5, 305]);
  expect(await harness.onlyDelivery()).toMatchObject({ status: 'delivered', attempts_made: 3 });
});

test('Retry-After delays the next attempt', async () => {
  await harness.addEndpoint();
  harness.receiver.respondWith((response) => {
    response.writeHead(harness.receiver.received.length === 1 ? 429 : 200, { 'retry-after': '600' }).end();
  });
  await harness.fire();

  await harness.advance(3600);

  expect(harness.receiver.received.map(seconds)).toEqual([0, 600]);
});

test('a duplicate message, concurrent or later, sends no second request', async () => {
  await harness.addEndpoint();
  await harness.fire();
  const messages = harness.queue.receive();

  expect(await harness.deliverQueued([...messages, ...messages, ...messages])).toEqual([]);
  expect(await harness.deliverQueued(messages)).toEqual([]);

  expect(harness.receiver.received).toHaveLength(1);
  expect((await harness.onlyDelivery()).attempts).toHaveLength(1);
});

test('a duplicate message of an earlier attempt does not trigger the next attempt early', async () => {
  await harness.addEndpoint();
  respondWith(500);
  await harness.fire();
  const messages = harness.queue.receive();
  await harness.deliverQueued(messages);

  await harness.deliverQueued(messages);

  expect(harness.receiver.received).toHaveLength(1);
});

test('a worker killed between sending and recording sends again with the same id', async () => {
  await harness.addEndpoint();
  await harness.fire();
  const messages = harness.queue.receive();
  const record = jest.spyOn(harness.deps.attempts, 'record').mockRejectedValueOnce(new Error('killed'));
  expect(await harness.deliverQueued(messages)).toEqual(['0']);
  record.mockRestore();

  // The message becomes visible again while the lease still runs: it is dropped, because the holder might be alive.
  expect(await harness.deliverQueued(messages)).toEqual([]);
  expect(harness.receiver.received).toHaveLength(1);
  // Recovery queues the delivery again two minutes after it was due.
  await harness.advance(200);

  expect(harness.receiver.received).toHaveLength(2);
  expect(harness.receiver.received[1]!.headers['webhook-id']).toBe(harness.receiver.received[0]!.headers['webhook-id']);
  expect(await harness.onlyDelivery()).toMatchObject({ status: 'delivered', attempts_made: 1 });
});

test('two concurrent recoveries of one killed worker send one request', async () => {
  await harness.addEndpoint();
  await harness.fire();
  const [message] = harness.queue.receive();
  harness.clock.now = addSeconds(noon, 300);

  await Promise.all([harness.recover(), harness.recover()]);
  await harness.deliverQueued([...harness.queue.receive(), message!, message!]);

  expect(harness.receiver.received).toHaveLength(1);
});

test('a message that the queue loses is sent again by recovery, on the first attempt and on retries', async () => {
  await harness.addEndpoint();
  respondWith(500, 200);
  await harness.fire();
  harness.queue.waiting.length = 0;

  await harness.advance(122);
  expect(harness.receiver.received.map(seconds)).toEqual([120]);
  harness.queue.waiting.length = 0;
  await harness.advance(3600);

  expect(harness.receiver.received.map(seconds)).toEqual([120, 300]);
  expect(await harness.onlyDelivery()).toMatchObject({ status: 'delivered', attempts_made: 2 });
});

test('recovery of a delivery that is not overdue keeps its schedule', async () => {
  await harness.addEndpoint();
  respondWith(500);
  await harness.fire();
  await harness.advance(400);
  expect(harness.receiver.received).toHaveLength(3);
  const { id, next_attempt_at: next } = await harness.onlyDelivery();

  await redeliverOverdue(harness.deps, tenantId, id, harness.clock.now);
  await harness.deliverQueued();

  expect(harness.receiver.received).toHaveLength(3);
  expect((await harness.onlyDelivery()).next_attempt_at).toBe(next);
});

test('a host name rebound to a private address between attempts is blocked, recorded with its rule, and never connected to', async () => {
  await harness.addEndpoint();
  respondWith(500, 200);
  await harness.fire();
  await harness.deliverQueued();
  harness.addresses.current = ['93.184.216.34', '169.254.169.254'];

  await harness.advance(3600);

  expect(harness.receiver.connections()).toBe(1);
  const delivery = await harness.onlyDelivery();
  expect(delivery).toMatchObject({
    status: 'blocked',
    ended_reason: 'url_refused',
    attempts_made: 2,
    next_attempt_at: null,
  });
  expect(delivery.attempts[1]).toMatchObject({
    address: null,
    response_status: null,
    error: { class: 'blocked_address', rule: 'link_local' },
  });

  harness.addresses.current = ['93.184.216.34'];
  await redeliver(harness.deps, tenantId, delivery.id, again());
  await harness.advance(1);

  expect(harness.receiver.received).toHaveLength(2);
  expect(await harness.onlyDelivery()).toMatchObject({ status: 'delivered', attempts_made: 3 });
});

test('a replay has the same id and body, one attempt, and a signature of its own time', async () => {
  const { secret } = await harness.addEndpoint();
  respondWith(200, 500, 200);
  await harness.fire();
  await harness.advance(1);
  const { id } = await harness.onlyDelivery();

  harness.clock.now = addSeconds(noon, 86_400);
  await redeliver(harness.deps, tenantId, id, again());
  await harness.advance(7200);
  expect(await harness.onlyDelivery()).toMatchObject({
    status: 'failed',
    ended_reason: 'attempts_exhausted',
    attempts_made: 2,
  });
  await redeliver(harness.deps, tenantId, id, again());
  await harness.advance(1);

  expect(await harness.onlyDelivery()).toMatchObject({ status: 'delivered', attempts_made: 3 });
  const { received } = harness.receiver;
  expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([id, id, id]);
  expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  expect(received.map(seconds)).toEqual([0, 86_400, 86_400 + 7200]);
  for (const one of received) expectSigned(one, secret);
  expect((await harness.onlyDelivery()).attempts.map(({ trigger }) => trigger)).toEqual(['event', 'replay', 'replay']);
});

test('a delivery keeps its last 20 attempts', async () => {
  await harness.addEndpoint();
  await harness.fire();
  await harness.deliverQueued();
  const { id } = await harness.onlyDelivery();
  for (let replay = 0; replay < 24; replay += 1) {
    harness.clock.now = addSeconds(harness.clock.now, 1);
    await redeliver(harness.deps, tenantId, id, again());
    await harness.deliverQueued();
  }

  const delivery = await harness.onlyDelivery();
  expect(delivery.attempts_made).toBe(25);
  expect(delivery.attempts.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 6));
});

test('for 24 hours after a rotation both secrets sign, then only the new one', async () => {
  const { endpoint, secret: old } = await harness.addEndpoint();
  const current = newSigningSecret();
  const secrets = endpointSecretStore(harness.table);
  const rotate = (secret: string, now: Date) => secrets.rotate(tenantId, endpoint.id, { secret, key: undefined, now });
  await rotate(newSigningSecret(), harness.clock.now);
  // Rotated again, because the new secret leaked: the first one signs on, the leaked one does not.
  await rotate(current, harness.clock.now);

  await harness.fire();
  await harness.advance(1);
  const { id } = await harness.onlyDelivery();
  for (const after of [86_399, 86_400]) {
    harness.clock.now = addSeconds(noon, after);
    await redeliver(harness.deps, tenantId, id, again());
    await harness.deliverQueued();
  }

  const [first, before, after] = harness.receiver.received;
  expectSigned(first!, current, old);
  expectSigned(before!, current, old);
  expectSigned(after!, current);
});

test('a receiver like Slack refuses the envelope and accepts the payload', async () => {
  const slack = (body: string) => (typeof JSON.parse(body).text === 'string' ? 200 : 400);
  harness.receiver.respondWith((response) => {
    response.writeHead(slack(harness.receiver.received.at(-1)!.body)).end('invalid_payload');
  });
  const { endpoint, secret } = await harness.addEndpoint();
  const payload = { text: 'A quote needs review ✅' };

  await harness.fire({ payload });
  await harness.deliverQueued();
  expect((await harness.onlyDelivery()).attempts[0]).toMatchObject({
    response_status: 400,
    response_excerpt: 'invalid_payload',
  });

  await harness.endpoints.update(tenantId, endpoint.id, { body: 'payload' });
  await harness.fire({ payload, stepIndex: 3 });
  await harness.deliverQueued();
  const taken = harness.receiver.received.at(-1)!;
  expect(taken.body).toBe(JSON.stringify(payload));
  expect(taken.headers).toMatchObject({ 'workflow-run-id': '12', 'workflow-event': 'campaign.kickoff' });
  expectSigned(taken, secret);
  expect(await harness.onlyDelivery()).toMatchObject({ status: 'delivered', step_index: 3 });
});

test('the next attempt uses a changed URL and headers of the endpoint, but the same body', async () => {
  const { endpoint } = await harness.addEndpoint();
  respondWith(500, 200);
  await harness.fire();
  await harness.deliverQueued();
  await harness.endpoints.update(tenantId, endpoint.id, {
    url: 'https://hooks.example.com/moved',
    headers: { 'x-new': '1' },
    body: 'payload',
  });

  await harness.advance(5);

  const [before, after] = harness.receiver.received;
  expect(after).toMatchObject({ path: '/moved', body: before!.body, headers: { 'x-new': '1' } });
  expect((await harness.onlyDelivery()).url).toBe('https://hooks.example.com/moved');
});

test('pending deliveries of a deleted endpoint end as failed, without a request', async () => {
  const { endpoint } = await harness.addEndpoint();
  respondWith(500);
  await harness.fire();
  await harness.deliverQueued();
  await harness.endpoints.delete(tenantId, endpoint.id, noon);

  await harness.advance(3600);

  expect(harness.receiver.received).toHaveLength(1);
  const delivery = await harness.onlyDelivery();
  expect(delivery).toMatchObject({ status: 'failed', ended_reason: 'endpoint_deleted', attempts_made: 1 });
  await expect(redeliver(harness.deps, tenantId, delivery.id, again())).rejects.toMatchObject({
    code: 'delivery_not_redeliverable',
  });
});

test('an attempt that times out is recorded and retried like any other', async () => {
  await harness.addEndpoint();
  harness.receiver.respondWith(() => undefined);
  await harness.fire();
  const [message] = harness.queue.receive();
  const shortTimeouts = { ...harness.deps, send: { ...harness.deps.send, limits: { connectMs: 100, totalMs: 200 } } };

  await deliverBatch(shortTimeouts, { Records: [{ messageId: 'm', body: JSON.stringify(message) }] });

  const delivery = await harness.onlyDelivery();
  expect(delivery).toMatchObject({
    status: 'pending',
    attempts_made: 1,
    next_attempt_at: addSeconds(noon, 5).toISOString(),
  });
  expect(delivery.attempts[0]).toMatchObject({
    response_status: null,
    response_excerpt: null,
    error: { class: 'timeout', rule: null },
  });
  expect(delivery.attempts[0]?.duration_ms).toBeGreaterThanOrEqual(190);
});

test('only the poison messages of a batch fail; the others are processed', async () => {
  await harness.addEndpoint();
  await harness.fire();
  const [message] = harness.queue.receive();
  const bodies = [
    'not json',
    JSON.stringify(message),
    '{"tenant_id":"acme"}',
    JSON.stringify({ ...message, delivery_id: 'dlv_unknown' }),
  ];

  const result = await deliverBatch(harness.deps, {
    Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })),
  });

  expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm2' }] });
  expect(harness.receiver.received).toHaveLength(1);
});

test('ten slow receivers in one batch are called concurrently', async () => {
  for (let index = 0; index < 10; index += 1) await harness.addEndpoint();
  harness.receiver.respondWith((response) => setTimeout(() => response.end(), 300));
  await harness.fire();

  const startedMs = performance.now();
  await harness.deliverQueued();

  expect(harness.receiver.received).toHaveLength(10);
  expect(performance.now() - startedMs).toBeLessThan(2500);
});

test('no log line contains a secret, a signature, a custom header, a body or a path', async () => {
  const { secret } = await harness.addEndpoint({
    url: 'https://hooks.example.com/services/T0/B0/receiversecret',
    headers: { authorization: 'Bearer headersecret' },
  });
  respondWith(500, 410);
  await harness.fire({ payload: { campaign: 'payloadsecret' } });
  await harness.advance(3600);

  const text = JSON.stringify(harness.logged);
  expect(harness.logged.filter(({ event }) => event === 'delivery_attempted')).toHaveLength(2);
  for (const hidden of [
    secret,
    secret.replace('whsec_', ''),
    'receiversecret',
    'headersecret',
    'payloadsecret',
    'v1,',
    'answer 0',
  ])
    expect(text).not.toContain(hidden);
});

test('a delivery that fails again and again has a small row, and shows every attempt with its answer', async () => {
  await harness.addEndpoint();
  harness.receiver.respondWith((response) => response.writeHead(500).end('e'.repeat(5000)));
  await harness.fire();
  await harness.advance(3 * 86_400);

  const delivery = await harness.onlyDelivery();
  const row = await getRow(harness.table, deliveryKey(tenantId, delivery.id));

  expect(delivery.attempts.map(({ number, response_excerpt: excerpt }) => [number, excerpt?.length])).toEqual(
    Array.from({ length: 8 }, (_, index) => [index + 1, 4096]),
  );
  expect(Buffer.byteLength(JSON.stringify(row))).toBeLessThan(1024);
});

test('attempts inside the row of an earlier release are shown before those that are made now', async () => {
  await harness.addEndpoint();
  harness.receiver.respondWith((response) => response.writeHead(500).end());
  await harness.fire();
  await harness.deliverQueued();
  const { id, attempts } = await harness.onlyDelivery();
  await harness.table.client.send(
    new UpdateCommand({
      TableName: harness.table.tableName,
      Key: { ...deliveryKey(tenantId, id) },
      UpdateExpression: 'SET attempts = :attempts REMOVE lease',
      ExpressionAttributeValues: { ':attempts': attempts },
    }),
  );
  await harness.table.client.send(
    new DeleteCommand({ TableName: harness.table.tableName, Key: { ...attemptKey(tenantId, id, attempts[0]!) } }),
  );
  await harness.advance(10);

  const now = await harness.onlyDelivery();

  expect(now.attempts.map(({ number }) => number)).toEqual([1, 2]);
  expect(now.attempts[0]).toEqual(attempts[0]);
});

test('a request whose result was never recorded stays visible, before and after it is repeated', async () => {
  await harness.addEndpoint();
  harness.receiver.respondWith((response) => response.end());
  await harness.fire();
  const send = jest.spyOn(harness.deps.attempts, 'record').mockRejectedValueOnce(new Error('killed'));
  await harness.deliverQueued();
  send.mockRestore();
  harness.clock.now = addSeconds(noon, 300);
  const lost = { number: 1, at: noon.toISOString(), error: expect.objectContaining({ class: 'unrecorded' }) };

  expect((await harness.onlyDelivery()).attempts).toEqual([expect.objectContaining(lost)]);
  await harness.advance(300);

  const delivery = await harness.onlyDelivery();
  expect(delivery).toMatchObject({ status: 'delivered', attempts_made: 1 });
  expect(delivery.attempts).toEqual([
    expect.objectContaining(lost),
    expect.objectContaining({ number: 1, response_status: 200, error: null }),
  ]);
});

test('a result that was stored before the process died is shown as it was, and the attempt is repeated', async () => {
  await harness.addEndpoint();
  harness.receiver.respondWith((response) => response.writeHead(500).end('no'));
  await harness.fire();
  const lease = { token: 'dying', until: addSeconds(noon, attemptLeaseSeconds).toISOString() };
  const { database } = breaking(harness.table, 'lost request', ({ input }) =>
    String(input.UpdateExpression).includes('attempts_made'),
  );
  const dying = openStores(database).attempts;
  const [message] = harness.queue.receive();
  const claimed = await dying.claim(message!, lease, noon);
  const died = { ...aFailedAttempt, at: noon.toISOString() };
  const verdict = {
    status: 'pending',
    endedReason: null,
    nextAttemptAt: null,
    dueAt: null,
    queueDelaySeconds: 5,
  } as const;
  await expect(dying.record(tenantId, claimed!, 'dying', { verdict, attempt: died })).rejects.toThrow();
  await harness.advance(300);

  const [first, second] = (await harness.onlyDelivery()).attempts;
  expect(first).toEqual(died);
  expect(second).toMatchObject({ number: 1, response_excerpt: 'no' });
});

const aFailedAttempt = {
  number: 1,
  trigger: 'event',
  duration_ms: 20,
  url: 'https://hooks.example.com/in',
  request_headers: {},
  address: null,
  response_status: 500,
  response_excerpt: 'first',
  error: { class: 'http_status', rule: null, detail: 'The receiver answered 500.' },
} as const;
