import { addSeconds } from '../../functions/domain/day';
import { announceDisabled } from '../../functions/domain/delivery/announce';
import { sendTestEvent } from '../../functions/domain/delivery/send-test';
import { noon } from '../support/builders';
import { aFiringRun, startWorld, tenantId } from './world';

const day = 86_400;
const testUlid = '01KAPQ00000000000000000TST';

let world: Awaited<ReturnType<typeof startWorld>>;
let runs = 0;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.reset();
  runs += 1;
  aFiringRun.uid = `run_01KAPR${String(runs).padStart(20, '0')}`;
});

const answer = (status: number) => {
  world.receiver.answerWith((response) => response.writeHead(status).end());
};
const now = (id: string) => world.endpoints.get(tenantId, id);
const eventsReceived = () => world.receiver.received.map(({ headers }) => headers['workflow-event']);

test('410 disables the endpoint at once, says why, and tells those who asked', async () => {
  const { endpoint: gone } = await world.addEndpoint({ url: 'https://hooks.example.com/gone' });
  await world.addEndpoint({ url: 'https://hooks.example.com/watch', events: ['endpoint.disabled'] });
  world.receiver.answerWith((response, request) => response.writeHead(request.url === '/gone' ? 410 : 200).end());
  const auditedBefore = (await world.audited()).length;
  await world.fire();
  await world.fire({ stepIndex: 3 });

  await world.pass(3600);

  expect(await now(gone.id)).toMatchObject({
    status: 'disabled',
    disabled_reason: 'receiver_gone',
    disabled_at: noon.toISOString(),
    disabling_announced: true,
  });
  expect(eventsReceived().filter((event) => event === 'endpoint.disabled')).toHaveLength(1);
  const announced = world.receiver.received.find(({ path }) => path === '/watch');
  expect(JSON.parse(announced!.body)).toEqual({
    type: 'endpoint.disabled',
    timestamp: noon.toISOString(),
    data: { endpoint_id: gone.id, url: gone.url, disabled_reason: 'receiver_gone', disabled_at: noon.toISOString() },
  });
  expect((await world.audited()).slice(auditedBefore)).toEqual([`endpoint.disabled ${gone.id}`]);
});

test('a disabled endpoint matches no event, and what is pending for it ends as failed', async () => {
  const { endpoint } = await world.addEndpoint();
  answer(500);
  await world.fire();
  await world.work();
  await world.deps.health.disable(tenantId, endpoint.id, 'by_request', noon.toISOString());

  expect(await world.fire({ stepIndex: 3 })).toEqual({ matched_endpoints: 0 });
  await world.pass(60);

  expect(world.receiver.received).toHaveLength(1);
  expect(await world.onlyDelivery()).toMatchObject({
    status: 'failed',
    ended_reason: 'endpoint_disabled',
    attempts_made: 1,
  });
});

test('after five days of nothing but failures an endpoint is disabled, warned about at half time and at nine tenths', async () => {
  const { endpoint } = await world.addEndpoint();
  answer(503);
  const auditedBefore = (await world.audited()).length;
  const warned: unknown[] = [];
  for (const [step, days] of [0, 1, 2, 3, 4, 4.6, 4.9, 5].entries()) {
    world.clock.now = addSeconds(noon, days * day);
    await world.fire({ stepIndex: step });
    await world.work();
    warned.push((await now(endpoint.id))?.warned_percent);
    world.queue.waiting.length = 0;
  }

  expect(warned).toEqual([0, 0, 0, 50, 50, 90, 90, 90]);
  expect(await now(endpoint.id)).toMatchObject({ status: 'disabled', disabled_reason: 'only_failures' });
  expect((await world.audited()).slice(auditedBefore)).toEqual([
    `endpoint.failing ${endpoint.id}`,
    `endpoint.failing ${endpoint.id}`,
    `endpoint.disabled ${endpoint.id}`,
  ]);
});

test('one success in five days keeps an endpoint', async () => {
  const { endpoint } = await world.addEndpoint();
  for (const [step, days] of [0, 3, 5, 6].entries()) {
    answer(days === 3 ? 200 : 500);
    world.clock.now = addSeconds(noon, days * day);
    await world.fire({ stepIndex: step });
    await world.work();
    world.queue.waiting.length = 0;
  }

  expect(await now(endpoint.id)).toMatchObject({
    status: 'active',
    failing_since: addSeconds(noon, 5 * day).toISOString(),
  });
});

test('a failing test leaves a disabled endpoint off, a passing one switches it on again', async () => {
  const { endpoint } = await world.addEndpoint({
    status: 'disabled',
    disabled_reason: 'only_failures',
    disabled_at: noon.toISOString(),
    failing_since: noon.toISOString(),
  });
  answer(500);
  await sendTestEvent(world.deps, tenantId, {
    endpoint,
    payload: undefined,
    ulid: testUlid.replace('TST', '0T1'),
    now: world.clock.now,
  });
  await world.pass(3600);

  expect(world.receiver.received).toHaveLength(1);
  expect((await now(endpoint.id))?.status).toBe('disabled');

  answer(204);
  const delivery = await sendTestEvent(world.deps, tenantId, {
    endpoint,
    payload: { text: 'hello' },
    ulid: testUlid.replace('TST', '0T2'),
    now: world.clock.now,
  });
  await world.pass(1);

  expect(await now(endpoint.id)).toMatchObject({
    status: 'active',
    disabled_reason: null,
    disabled_at: null,
    failing_since: null,
  });
  expect(await world.deliveries.get(tenantId, delivery.id, world.clock.now)).toMatchObject({
    status: 'delivered',
    event: 'endpoint.test',
    run_id: null,
    step_index: null,
  });
  expect(JSON.parse(world.receiver.received[1]!.body)).toMatchObject({
    type: 'endpoint.test',
    data: { text: 'hello' },
  });
});

test('a disabling whose announcement died half-way is announced by the next who meets it, with the same id', async () => {
  const { endpoint } = await world.addEndpoint({ url: 'https://hooks.example.com/gone' });
  await world.addEndpoint({ url: 'https://hooks.example.com/watch', events: ['endpoint.disabled'] });
  answer(500);
  await world.fire();
  await world.work();
  const disabled = await world.deps.health.disable(
    tenantId,
    endpoint.id,
    'receiver_gone',
    world.clock.now.toISOString(),
  );
  expect(disabled?.disabling_announced).toBe(false);

  answer(200);
  await world.pass(60);
  await announceDisabled(world.deps, tenantId, disabled!, world.clock.now);
  await world.pass(60);

  const ids = world.receiver.received
    .filter(({ path }) => path === '/watch')
    .map(({ headers }) => headers['webhook-id']);
  expect(ids).toHaveLength(1);
});

test('an attempt that is repeated after a crash does not disable or announce twice', async () => {
  const { endpoint } = await world.addEndpoint({ url: 'https://hooks.example.com/gone' });
  await world.addEndpoint({ url: 'https://hooks.example.com/watch', events: ['endpoint.disabled'] });
  world.receiver.answerWith((response, request) => response.writeHead(request.url === '/gone' ? 410 : 200).end());
  await world.fire();
  const record = jest.spyOn(world.deps.attempts, 'record').mockRejectedValueOnce(new Error('killed'));
  await world.work();
  record.mockRestore();

  await world.pass(600);

  expect(await world.onlyDelivery()).toMatchObject({ status: 'failed' });
  expect((await now(endpoint.id))?.status).toBe('disabled');
  expect(world.receiver.received.map(({ path }) => path).sort()).toEqual(['/gone', '/watch']);
});
