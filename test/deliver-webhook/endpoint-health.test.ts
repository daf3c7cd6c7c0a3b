import { addSeconds } from '../../functions/domain/day';
import { announceDisabled } from '../../functions/domain/delivery/announce';
import { sendTestEvent } from '../../functions/domain/delivery/send-test';
import { disabled, healthy } from '../../functions/domain/endpoint/health';
import { noon } from '../support/builders';
import { connectionBroken } from '../support/requests';
import { startHarness, tenantId } from './harness';

const day = 86_400;
const testUlid = '01KAPQ00000000000000000TST';

let harness: Awaited<ReturnType<typeof startHarness>>;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(() => harness.reset());

const respondWith = (status: number) => {
  harness.receiver.respondWith((response) => response.writeHead(status).end());
};
const storedEndpoint = (id: string) => harness.endpoints.get(tenantId, id);
const eventsReceived = () => harness.receiver.received.map(({ headers }) => headers['workflow-event']);

test('410 disables the endpoint at once with the reason, and its subscribers get one endpoint.disabled event', async () => {
  const { endpoint: gone } = await harness.addEndpoint({ url: 'https://hooks.example.com/gone' });
  await harness.addEndpoint({ url: 'https://hooks.example.com/watch', events: ['endpoint.disabled'] });
  harness.receiver.respondWith((response, request) => response.writeHead(request.url === '/gone' ? 410 : 200).end());
  const auditedBefore = (await harness.auditedChanges()).length;
  await harness.fire();
  await harness.fire({ stepIndex: 3 });

  await harness.advance(3600);

  expect(await storedEndpoint(gone.id)).toMatchObject({
    status: 'disabled',
    disabled_reason: 'receiver_gone',
    disabled_at: noon.toISOString(),
    disabling_announced: true,
  });
  expect(eventsReceived().filter((event) => event === 'endpoint.disabled')).toHaveLength(1);
  const announced = harness.receiver.received.find(({ path }) => path === '/watch');
  expect(JSON.parse(announced!.body)).toEqual({
    type: 'endpoint.disabled',
    timestamp: noon.toISOString(),
    data: { endpoint_id: gone.id, url: gone.url, disabled_reason: 'receiver_gone', disabled_at: noon.toISOString() },
  });
  expect((await harness.auditedChanges()).slice(auditedBefore)).toEqual([`endpoint.disabled ${gone.id}`]);
});

test('a disabled endpoint matches no event, and its pending deliveries end as failed', async () => {
  const { endpoint } = await harness.addEndpoint();
  respondWith(500);
  await harness.fire();
  await harness.deliverQueued();
  await harness.endpoints.update(tenantId, endpoint.id, disabled('by_request', noon.toISOString()));

  expect(await harness.fire({ stepIndex: 3 })).toEqual({ matched_endpoints: 0 });
  await harness.advance(60);

  expect(harness.receiver.received).toHaveLength(1);
  expect(await harness.onlyDelivery()).toMatchObject({
    status: 'failed',
    ended_reason: 'endpoint_disabled',
    attempts_made: 1,
  });
});

test('an endpoint that only fails is disabled after five days, with warnings at 50 % and 90 % of that time', async () => {
  const { endpoint } = await harness.addEndpoint();
  respondWith(503);
  const auditedBefore = (await harness.auditedChanges()).length;
  const warned: unknown[] = [];
  for (const [step, days] of [0, 1, 2, 3, 4, 4.6, 4.9, 5].entries()) {
    harness.clock.now = addSeconds(noon, days * day);
    await harness.fire({ stepIndex: step });
    await harness.deliverQueued();
    warned.push((await storedEndpoint(endpoint.id))?.warned_percent);
    harness.queue.waiting.length = 0;
  }

  expect(warned).toEqual([0, 0, 0, 50, 50, 90, 90, 90]);
  expect(await storedEndpoint(endpoint.id)).toMatchObject({ status: 'disabled', disabled_reason: 'only_failures' });
  expect((await harness.auditedChanges()).slice(auditedBefore)).toEqual([
    `endpoint.failing ${endpoint.id}`,
    `endpoint.failing ${endpoint.id}`,
    `endpoint.disabled ${endpoint.id}`,
  ]);
});

test('a warning whose audit row cannot be written neither stops the attempt nor is given twice, and is logged', async () => {
  const { endpoint } = await harness.addEndpoint();
  respondWith(503);
  const append = jest.spyOn(harness.deps.audit, 'append').mockRejectedValue(connectionBroken());
  for (const [step, days] of [0, 1, 2, 2.6, 2.7].entries()) {
    harness.clock.now = addSeconds(noon, days * day);
    await harness.fire({ stepIndex: step });
    expect(await harness.deliverQueued()).toEqual([]);
    harness.queue.waiting.length = 0;
  }
  append.mockRestore();

  expect(harness.receiver.received).toHaveLength(5);
  expect(await storedEndpoint(endpoint.id)).toMatchObject({ status: 'active', warned_percent: 50 });
  expect(harness.logged.filter(({ event }) => event === 'audit_missing')).toEqual([
    expect.objectContaining({ action: 'endpoint.failing', target: endpoint.id, by: 'system deliver-webhook' }),
  ]);
});

test('an endpoint that is disabled while its audit row cannot be written gets the row with the next attempt, once', async () => {
  const { endpoint } = await harness.addEndpoint({ url: 'https://hooks.example.com/gone' });
  await harness.addEndpoint({ url: 'https://hooks.example.com/watch', events: ['endpoint.disabled'] });
  harness.receiver.respondWith((response, request) => response.writeHead(request.url === '/gone' ? 410 : 200).end());
  const audited = async () => (await harness.auditedChanges()).filter((row) => row.endsWith(endpoint.id));
  const append = jest.spyOn(harness.deps.audit, 'append').mockRejectedValueOnce(connectionBroken());
  await harness.fire();

  expect(await harness.deliverQueued()).toHaveLength(1);
  append.mockRestore();
  expect((await storedEndpoint(endpoint.id))?.status).toBe('disabled');
  expect(await audited()).toEqual([]);
  await harness.advance(600);

  expect(await audited()).toEqual([`endpoint.disabled ${endpoint.id}`]);
  expect(harness.receiver.received.map(({ path }) => path).sort()).toEqual(['/gone', '/watch']);
});

test('one failed test event, six days of silence and one failed event do not disable an endpoint', async () => {
  const { endpoint } = await harness.addEndpoint();
  respondWith(503);
  const ulid = testUlid.replace('TST', '0T3');
  await sendTestEvent(harness.deps, tenantId, { endpoint, payload: undefined, ulid, now: harness.clock.now });
  await harness.deliverQueued();
  expect(await storedEndpoint(endpoint.id)).toMatchObject(healthy);
  harness.clock.now = addSeconds(noon, 6 * day);
  await harness.fire();
  await harness.deliverQueued();

  expect(await storedEndpoint(endpoint.id)).toMatchObject({
    status: 'active',
    failing_since: harness.clock.now.toISOString(),
  });
});

test('two events that fail with all their retries, a week apart, do not disable an endpoint', async () => {
  const { endpoint } = await harness.addEndpoint();
  respondWith(500);
  await harness.fire();
  await harness.advance(7 * day);
  await harness.fire({ stepIndex: 3 });
  await harness.advance(2 * day);

  expect(harness.receiver.received).toHaveLength(16);
  expect(await storedEndpoint(endpoint.id)).toMatchObject({ status: 'active', failed_days: 4 });
});

test('the health of an endpoint is written at most once for an attempt, and once for the failures of a day', async () => {
  const { endpoint } = await harness.addEndpoint();
  respondWith(500);
  const write = jest.spyOn(harness.deps.health, 'write');
  await harness.fire();
  await harness.advance(day - 1);

  expect(harness.receiver.received).toHaveLength(7);
  expect(write).toHaveBeenCalledTimes(1);
  write.mockRestore();
  expect((await storedEndpoint(endpoint.id))?.failed_days).toBe(1);
});

test('one success within five days keeps an endpoint active', async () => {
  const { endpoint } = await harness.addEndpoint();
  for (const [step, days] of [0, 3, 5, 6].entries()) {
    respondWith(days === 3 ? 200 : 500);
    harness.clock.now = addSeconds(noon, days * day);
    await harness.fire({ stepIndex: step });
    await harness.deliverQueued();
    harness.queue.waiting.length = 0;
  }

  expect(await storedEndpoint(endpoint.id)).toMatchObject({
    status: 'active',
    failing_since: addSeconds(noon, 5 * day).toISOString(),
  });
});

test('a test event that fails leaves an endpoint disabled, and one that succeeds enables it again', async () => {
  const { endpoint } = await harness.addEndpoint({
    status: 'disabled',
    disabled_reason: 'only_failures',
    disabled_at: noon.toISOString(),
    failing_since: noon.toISOString(),
  });
  respondWith(500);
  await sendTestEvent(harness.deps, tenantId, {
    endpoint,
    payload: undefined,
    ulid: testUlid.replace('TST', '0T1'),
    now: harness.clock.now,
  });
  await harness.advance(3600);

  expect(harness.receiver.received).toHaveLength(1);
  expect((await storedEndpoint(endpoint.id))?.status).toBe('disabled');

  respondWith(204);
  const delivery = await sendTestEvent(harness.deps, tenantId, {
    endpoint,
    payload: { text: 'hello' },
    ulid: testUlid.replace('TST', '0T2'),
    now: harness.clock.now,
  });
  await harness.advance(1);

  expect(await storedEndpoint(endpoint.id)).toMatchObject({
    status: 'active',
    disabled_reason: null,
    disabled_at: null,
    failing_since: null,
  });
  expect(await harness.deliveries.get(tenantId, delivery.id, harness.clock.now)).toMatchObject({
    status: 'delivered',
    event: 'endpoint.test',
    run_id: null,
    step_index: null,
  });
  expect(JSON.parse(harness.receiver.received[1]!.body)).toMatchObject({
    type: 'endpoint.test',
    data: { text: 'hello' },
  });
});

test('an endpoint.disabled event that a crash prevented is sent by the next attempt, once', async () => {
  const { endpoint } = await harness.addEndpoint({ url: 'https://hooks.example.com/gone' });
  await harness.addEndpoint({ url: 'https://hooks.example.com/watch', events: ['endpoint.disabled'] });
  respondWith(500);
  await harness.fire();
  await harness.deliverQueued();
  const { endpoint: off } = await harness.deps.health.write(
    tenantId,
    (await storedEndpoint(endpoint.id))!,
    disabled('receiver_gone', harness.clock.now.toISOString()),
  );
  expect(off?.disabling_announced).toBe(false);

  respondWith(200);
  await harness.advance(60);
  await announceDisabled(harness.deps, tenantId, off!, harness.clock.now);
  await harness.advance(60);

  const ids = harness.receiver.received
    .filter(({ path }) => path === '/watch')
    .map(({ headers }) => headers['webhook-id']);
  expect(ids).toHaveLength(1);
});

test('an attempt that is repeated after a crash neither disables the endpoint nor sends the event twice', async () => {
  const { endpoint } = await harness.addEndpoint({ url: 'https://hooks.example.com/gone' });
  await harness.addEndpoint({ url: 'https://hooks.example.com/watch', events: ['endpoint.disabled'] });
  harness.receiver.respondWith((response, request) => response.writeHead(request.url === '/gone' ? 410 : 200).end());
  await harness.fire();
  const record = jest.spyOn(harness.deps.attempts, 'record').mockRejectedValueOnce(new Error('killed'));
  await harness.deliverQueued();
  record.mockRestore();

  await harness.advance(600);

  expect(await harness.onlyDelivery()).toMatchObject({ status: 'failed' });
  expect((await storedEndpoint(endpoint.id))?.status).toBe('disabled');
  expect(harness.receiver.received.map(({ path }) => path).sort()).toEqual(['/gone', '/watch']);
});
