import { Webhook } from 'standardwebhooks';
import { ulid } from 'ulid';
import { productVersion } from '../../functions/contract/version';
import { deliverBatch } from '../../functions/deliver-webhook/deliver-batch';
import { addSeconds } from '../../functions/domain/day';
import { redeliver } from '../../functions/domain/delivery/redeliver';
import { redeliverOverdue } from '../../functions/domain/delivery/requeue-overdue';
import { newSigningSecret } from '../../functions/domain/endpoint/signature';
import { noon } from '../support/builders';
import type { Received } from './https-receiver';
import { aFiringRun, startWorld, tenantId } from './world';

let world: Awaited<ReturnType<typeof startWorld>>;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.reset();
  await removeDeliveries();
});

/** Each test fires from a run of its own. */
let runs = 0;
async function removeDeliveries(): Promise<void> {
  runs += 1;
  aFiringRun.uid = `run_01KAPQ${String(runs).padStart(20, '0')}`;
}

function answer(...statuses: number[]): void {
  let next = 0;
  world.receiver.answerWith((response) => {
    response.writeHead(statuses[Math.min(next, statuses.length - 1)] ?? 200).end(`answer ${next}`);
    next += 1;
  });
}

/** The reference library's own signature over what was received. The clock of these tests is not the machine's, so not its `verify`. */
function expectSigned({ headers, body }: Received, ...secrets: string[]): void {
  const at = new Date(Number(headers['webhook-timestamp']) * 1000);
  expect(headers['webhook-signature']).toBe(
    secrets.map((secret) => new Webhook(secret).sign(String(headers['webhook-id']), at, body)).join(' '),
  );
}

/** What a person asks for a redelivery with, now. */
const again = () => ({ now: world.clock.now, by: ulid() });

const seconds = (received: Received) => Number(received.headers['webhook-timestamp']) - noon.getTime() / 1000;

test('a delivery is signed, sent once and logged', async () => {
  const { endpoint, secret } = await world.addEndpoint({ headers: { 'x-api-key': 'k' } });

  expect(await world.fire()).toEqual({ matched_endpoints: 1 });
  expect(await world.work()).toEqual([]);

  const [received] = world.receiver.received;
  expectSigned(received!, secret);
  expect(JSON.parse(received!.body)).toEqual({
    type: 'campaign.kickoff',
    timestamp: noon.toISOString(),
    data: { campaign: 'spring-2026' },
    run: { id: 12, uid: aFiringRun.uid, workflow_id: 3 },
  });
  const delivery = await world.onlyDelivery();
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
        'x-api-key': 'k',
      }),
      address: '127.0.0.1',
      response_status: 200,
      response_excerpt: 'ok',
      error: null,
    },
  ]);
  await world.pass(3600);
  expect(world.receiver.received).toHaveLength(1);
});

test('a receiver that always fails gets eight attempts over 27 h 35 min, with one id, and no more', async () => {
  const { secret } = await world.addEndpoint();
  answer(500);
  await world.fire();

  await world.pass(10 * 86_400);

  const at = world.receiver.received.map(seconds);
  const promised = [0, 5, 305, 2105, 9305, 27_305, 63_305, 99_305];
  expect(at).toHaveLength(8);
  // Up to 15 minutes the queue waits, to the second; longer waits are found by recovery's next minute.
  for (const [index, second] of at.entries()) {
    expect(second).toBeGreaterThanOrEqual(promised[index]!);
    expect(second).toBeLessThan(promised[index]! + 60 * index + 1);
  }
  expect(at.slice(0, 3)).toEqual([0, 5, 305]);
  const delivery = await world.onlyDelivery();
  expect(new Set(world.receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([delivery.id]));
  expect(new Set(world.receiver.received.map(({ body }) => body)).size).toBe(1);
  for (const received of world.receiver.received) expectSigned(received, secret);
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

test('each attempt is a hop of its own in the trace of the run, retries and replays included', async () => {
  await world.addEndpoint();
  answer(500, 200);
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';
  await world.fire({ origin: { request_id: 'request-1', traceparent } });
  await world.pass(5);
  await world.fire({ stepIndex: 3 });
  await world.work();

  const [first, second, untraced] = world.receiver.received.map(({ headers }) => String(headers['traceparent']));
  for (const sent of [first, second]) expect(sent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-00$/);
  expect(new Set([first, second, traceparent]).size).toBe(3);
  expect(untraced).toMatch(/^00-(?!0af7651916cd43dd8448eb211c80319c)[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(world.logged.filter(({ event }) => event === 'delivery_attempted')[0]).toMatchObject({
    trace: '0af7651916cd43dd8448eb211c80319c',
    request_id: 'request-1',
    workflow: 3,
    code: 'http_status',
  });
});

test('a retry that succeeds ends the delivery, and then nothing is due any more', async () => {
  await world.addEndpoint();
  answer(500, 503, 200);
  await world.fire();

  await world.pass(86_400);

  expect(world.receiver.received.map(seconds)).toEqual([0, 5, 305]);
  expect(await world.onlyDelivery()).toMatchObject({ status: 'delivered', attempts_made: 3 });
});

test('Retry-After holds the next attempt back', async () => {
  await world.addEndpoint();
  world.receiver.answerWith((response) => {
    response.writeHead(world.receiver.received.length === 1 ? 429 : 200, { 'retry-after': '600' }).end();
  });
  await world.fire();

  await world.pass(3600);

  expect(world.receiver.received.map(seconds)).toEqual([0, 600]);
});

test('the same message twice, at once or later, is one request', async () => {
  await world.addEndpoint();
  await world.fire();
  const messages = world.queue.receive();

  expect(await world.work([...messages, ...messages, ...messages])).toEqual([]);
  expect(await world.work(messages)).toEqual([]);

  expect(world.receiver.received).toHaveLength(1);
  expect((await world.onlyDelivery()).attempts).toHaveLength(1);
});

test('a message of an earlier attempt does not make one ahead of time', async () => {
  await world.addEndpoint();
  answer(500);
  await world.fire();
  const messages = world.queue.receive();
  await world.work(messages);

  await world.work(messages);

  expect(world.receiver.received).toHaveLength(1);
});

test('a worker killed between sending and recording sends again, with the same id', async () => {
  await world.addEndpoint();
  await world.fire();
  const messages = world.queue.receive();
  const record = jest.spyOn(world.deps.attempts, 'record').mockRejectedValueOnce(new Error('killed'));
  expect(await world.work(messages)).toEqual(['0']);
  record.mockRestore();

  // The message is seen again while the lease still runs: dropped, for its holder might be alive.
  expect(await world.work(messages)).toEqual([]);
  expect(world.receiver.received).toHaveLength(1);
  // Recovery finds the delivery two minutes after it was due.
  await world.pass(200);

  expect(world.receiver.received).toHaveLength(2);
  expect(world.receiver.received[1]!.headers['webhook-id']).toBe(world.receiver.received[0]!.headers['webhook-id']);
  expect(await world.onlyDelivery()).toMatchObject({ status: 'delivered', attempts_made: 1 });
});

test('two recoveries of one killed worker make one more request', async () => {
  await world.addEndpoint();
  await world.fire();
  const [message] = world.queue.receive();
  world.clock.now = addSeconds(noon, 300);

  await Promise.all([world.recover(), world.recover()]);
  await world.work([...world.queue.receive(), message!, message!]);

  expect(world.receiver.received).toHaveLength(1);
});

test('a message that the queue loses is sent again by recovery, on the first attempt and on retries', async () => {
  await world.addEndpoint();
  answer(500, 200);
  await world.fire();
  world.queue.waiting.length = 0;

  await world.pass(122);
  expect(world.receiver.received.map(seconds)).toEqual([120]);
  world.queue.waiting.length = 0;
  await world.pass(3600);

  expect(world.receiver.received.map(seconds)).toEqual([120, 300]);
  expect(await world.onlyDelivery()).toMatchObject({ status: 'delivered', attempts_made: 2 });
});

test('looked at before its time, a delivery keeps its schedule', async () => {
  await world.addEndpoint();
  answer(500);
  await world.fire();
  await world.pass(400);
  expect(world.receiver.received).toHaveLength(3);
  const { id, next_attempt_at: next } = await world.onlyDelivery();

  await redeliverOverdue(world.deps, tenantId, id, world.clock.now);
  await world.work();

  expect(world.receiver.received).toHaveLength(3);
  expect((await world.onlyDelivery()).next_attempt_at).toBe(next);
});

test('a name rebound between attempts is blocked, logged with its rule, and never connected to', async () => {
  await world.addEndpoint();
  answer(500, 200);
  await world.fire();
  await world.work();
  world.addresses.current = ['93.184.216.34', '169.254.169.254'];

  await world.pass(3600);

  expect(world.receiver.connections()).toBe(1);
  const delivery = await world.onlyDelivery();
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

  world.addresses.current = ['93.184.216.34'];
  await redeliver(world.deps, tenantId, delivery.id, again());
  await world.pass(1);

  expect(world.receiver.received).toHaveLength(2);
  expect(await world.onlyDelivery()).toMatchObject({ status: 'delivered', attempts_made: 3 });
});

test('a replay has the same id and body, one attempt, and a signature of its own time', async () => {
  const { secret } = await world.addEndpoint();
  answer(200, 500, 200);
  await world.fire();
  await world.pass(1);
  const { id } = await world.onlyDelivery();

  world.clock.now = addSeconds(noon, 86_400);
  await redeliver(world.deps, tenantId, id, again());
  await world.pass(7200);
  expect(await world.onlyDelivery()).toMatchObject({
    status: 'failed',
    ended_reason: 'attempts_exhausted',
    attempts_made: 2,
  });
  await redeliver(world.deps, tenantId, id, again());
  await world.pass(1);

  expect(await world.onlyDelivery()).toMatchObject({ status: 'delivered', attempts_made: 3 });
  const { received } = world.receiver;
  expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([id, id, id]);
  expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  expect(received.map(seconds)).toEqual([0, 86_400, 86_400 + 7200]);
  for (const one of received) expectSigned(one, secret);
  expect((await world.onlyDelivery()).attempts.map(({ trigger }) => trigger)).toEqual(['event', 'replay', 'replay']);
});

test('the last 20 attempts are kept', async () => {
  await world.addEndpoint();
  await world.fire();
  await world.work();
  const { id } = await world.onlyDelivery();
  for (let replay = 0; replay < 24; replay += 1) {
    await redeliver(world.deps, tenantId, id, again());
    await world.work();
  }

  const delivery = await world.onlyDelivery();
  expect(delivery.attempts_made).toBe(25);
  expect(delivery.attempts.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 6));
});

test('both secrets sign for 24 hours after a rotation, then the new one alone', async () => {
  const { endpoint, secret: old } = await world.addEndpoint();
  const current = newSigningSecret();
  expect(await world.endpoints.rotateSecret(tenantId, endpoint.id, current, world.clock.now)).toBe(true);
  expect(await world.endpoints.rotateSecret(tenantId, endpoint.id, newSigningSecret(), addSeconds(noon, 86_399))).toBe(
    false,
  );

  await world.fire();
  await world.pass(1);
  const { id } = await world.onlyDelivery();
  for (const after of [86_399, 86_400]) {
    world.clock.now = addSeconds(noon, after);
    await redeliver(world.deps, tenantId, id, again());
    await world.work();
  }

  const [first, before, after] = world.receiver.received;
  expectSigned(first!, current, old);
  expectSigned(before!, current, old);
  expectSigned(after!, current);
  expect(await world.endpoints.rotateSecret(tenantId, endpoint.id, newSigningSecret(), addSeconds(noon, 86_400))).toBe(
    true,
  );
});

test('a Slack-shaped receiver refuses the envelope and takes the payload', async () => {
  const slack = (body: string) => (typeof JSON.parse(body).text === 'string' ? 200 : 400);
  world.receiver.answerWith((response) => {
    response.writeHead(slack(world.receiver.received.at(-1)!.body)).end('invalid_payload');
  });
  const { endpoint, secret } = await world.addEndpoint();
  const payload = { text: 'A quote needs review ✅' };

  await world.fire({ payload });
  await world.work();
  expect((await world.onlyDelivery()).attempts[0]).toMatchObject({
    response_status: 400,
    response_excerpt: 'invalid_payload',
  });

  await world.endpoints.update(tenantId, endpoint.id, { body: 'payload' });
  await world.fire({ payload, stepIndex: 3 });
  await world.work();
  const taken = world.receiver.received.at(-1)!;
  expect(taken.body).toBe(JSON.stringify(payload));
  expect(taken.headers).toMatchObject({ 'workflow-run-id': '12', 'workflow-event': 'campaign.kickoff' });
  expectSigned(taken, secret);
  expect(await world.onlyDelivery()).toMatchObject({ status: 'delivered', step_index: 3 });
});

test('a change of the endpoint holds for the next attempt: its URL, headers and secret, not the body', async () => {
  const { endpoint } = await world.addEndpoint();
  answer(500, 200);
  await world.fire();
  await world.work();
  await world.endpoints.update(tenantId, endpoint.id, {
    url: 'https://hooks.example.com/moved',
    headers: { 'x-new': '1' },
    body: 'payload',
  });

  await world.pass(5);

  const [before, after] = world.receiver.received;
  expect(after).toMatchObject({ path: '/moved', body: before!.body, headers: { 'x-new': '1' } });
  expect((await world.onlyDelivery()).url).toBe('https://hooks.example.com/moved');
});

test('pending deliveries of a deleted endpoint end as failed, without a request', async () => {
  const { endpoint } = await world.addEndpoint();
  answer(500);
  await world.fire();
  await world.work();
  await world.endpoints.delete(tenantId, endpoint.id, noon);

  await world.pass(3600);

  expect(world.receiver.received).toHaveLength(1);
  const delivery = await world.onlyDelivery();
  expect(delivery).toMatchObject({ status: 'failed', ended_reason: 'endpoint_deleted', attempts_made: 1 });
  await expect(redeliver(world.deps, tenantId, delivery.id, again())).rejects.toMatchObject({
    code: 'delivery_not_redeliverable',
  });
});

test('an attempt that runs out of time is logged like any other, and tried again', async () => {
  await world.addEndpoint();
  world.receiver.answerWith(() => undefined);
  await world.fire();
  const [message] = world.queue.receive();
  const impatient = { ...world.deps, send: { ...world.deps.send, limits: { connectMs: 100, totalMs: 200 } } };

  await deliverBatch(impatient, { Records: [{ messageId: 'm', body: JSON.stringify(message) }] });

  const delivery = await world.onlyDelivery();
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

test('a poison message comes back alone, the others of its batch are done', async () => {
  await world.addEndpoint();
  await world.fire();
  const [message] = world.queue.receive();
  const bodies = [
    'not json',
    JSON.stringify(message),
    '{"tenant_id":"acme"}',
    JSON.stringify({ ...message, delivery_id: 'dlv_unknown' }),
  ];

  const answered = await deliverBatch(world.deps, {
    Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })),
  });

  expect(answered).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm2' }] });
  expect(world.receiver.received).toHaveLength(1);
});

test('ten slow receivers of one batch take the time of one', async () => {
  for (let index = 0; index < 10; index += 1) await world.addEndpoint();
  world.receiver.answerWith((response) => setTimeout(() => response.end(), 300));
  await world.fire();

  const startedMs = performance.now();
  await world.work();

  expect(world.receiver.received).toHaveLength(10);
  expect(performance.now() - startedMs).toBeLessThan(2500);
});

test('no log line holds a secret, a signature, a custom header, a body or a path', async () => {
  const { secret } = await world.addEndpoint({
    url: 'https://hooks.example.com/services/T0/B0/receiversecret',
    headers: { authorization: 'Bearer headersecret' },
  });
  answer(500, 410);
  await world.fire({ payload: { campaign: 'payloadsecret' } });
  await world.pass(3600);

  const text = JSON.stringify(world.logged);
  expect(world.logged.filter(({ event }) => event === 'delivery_attempted')).toHaveLength(2);
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
