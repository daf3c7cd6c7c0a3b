import { waitingKey } from '../../../functions/aws/keys';
import { waitingPlaces } from '../../../functions/aws/run/waiting';
import { limitStore } from '../../../functions/aws/tenant/limits';
import { addSeconds } from '../../../functions/domain/day';
import { startTable, type Table } from '../../support/engines';
import { interceptDatabase, repeating } from '../../support/requests';
import { startRest, type Rest } from '../../support/rest';
import { rowAt } from '../../support/table';

let rest: Rest;
let isPlaceTableDown = false;
/** Reads and writes of the places of tenants, and of all tenants together. */
let placeRequests = 0;
beforeAll(async () => {
  rest = await startRest((table) =>
    interceptDatabase(table, async (command, send) => {
      if (String(command.input.Key?.sk) === 'WAITING') placeRequests += 1;
      if (isPlaceTableDown && command.input.Key?.sk === 'WAITING') throw new Error('connection lost');
      return send();
    }),
  );
});
afterAll(() => rest.stop());
beforeEach(() => (isPlaceTableDown = false));
afterEach(() => jest.restoreAllMocks());

/** Keeps every waiting request asleep. @returns how many sleep, and what wakes them */
function holdSleepers() {
  const wakers: (() => void)[] = [];
  let isHeld = true;
  jest.spyOn(rest.deps, 'sleep').mockImplementation((ms) => {
    if (!isHeld) {
      rest.clock.advance(ms / 1000);
      return Promise.resolve();
    }
    return new Promise((resolve) => wakers.push(() => resolve(undefined)));
  });
  return {
    count: () => wakers.length,
    wake: () => {
      isHeld = false;
      for (const waker of wakers) waker();
    },
  };
}

async function aTenantWithRun() {
  const tenant = await rest.aTenant();
  await rest.aWorkflow(tenant.id);
  await rest.call('POST', '/api/v1/workflows/1/runs', { token: tenant.token });
  return tenant;
}

const wait = (token: string) => rest.call('GET', '/api/v1/workflow-runs/1?wait_seconds=20', { token });

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
}

test('ten requests of a tenant wait, the others are answered at once with the run as it is, and another tenant can wait', async () => {
  const [noisy, quiet] = [await aTenantWithRun(), await aTenantWithRun()];
  const sleepers = holdSleepers();
  const waiting: Promise<unknown>[] = [];
  for (let index = 1; index <= 10; index += 1) {
    waiting.push(wait(noisy.token));
    await until(() => sleepers.count() === index);
  }

  const refused = await Promise.all(Array.from({ length: 30 }, () => wait(noisy.token)));

  for (const { status, headers, body } of refused)
    expect({ status, after: headers['retry-after'], run: body.status }).toEqual({
      status: 200,
      after: '2',
      run: 'queued',
    });
  expect(sleepers.count()).toBe(10);
  waiting.push(wait(quiet.token));
  await until(() => sleepers.count() === 11);
  sleepers.wake();
  await Promise.all(waiting);
});

test('a hundred requests at once look for the ten places of their tenant hardly more often than the ten that get one', async () => {
  const { token } = await aTenantWithRun();
  await rest.call('GET', '/api/v1/workflow-runs/1', { token });
  const sleepers = holdSleepers();
  placeRequests = 0;

  const answers = Array.from({ length: 100 }, () => wait(token));
  await until(() => sleepers.count() === 10);
  const first = await Promise.race(answers);

  expect(first.headers).toMatchObject({ 'retry-after': '2' });
  sleepers.wake();
  const all = await Promise.all(answers);
  expect(all.filter(({ headers }) => headers['retry-after'] === '2')).toHaveLength(90);
  // Ten places are found, taken and given back, in the row of the tenant and in that of all tenants.
  expect(placeRequests).toBeLessThanOrEqual(2 * 10 * 3 + 2);
});

test('a place that another function instance gives back is found within a second', async () => {
  const { id, token } = await aTenantWithRun();
  await limitStore(rest.table).set(id, 'waiting_requests', 1);
  const other = waitingPlaces(rest.table, 75, rest.clock.now);
  const held = await other.take(id, 1, addSeconds(rest.clock.now(), 20));
  expect((await wait(token)).headers).toMatchObject({ 'retry-after': '2' });
  await held?.release();

  rest.clock.advance(1);

  expect((await wait(token)).headers).not.toHaveProperty('retry-after');
});

test('a raised limit counts at once', async () => {
  const { id, token } = await aTenantWithRun();
  await limitStore(rest.table).set(id, 'waiting_requests', 1);
  await waitingPlaces(rest.table, 75, rest.clock.now).take(id, 1, addSeconds(rest.clock.now(), 20));
  expect((await wait(token)).headers).toMatchObject({ 'retry-after': '2' });

  await limitStore(rest.table).set(id, 'waiting_requests', 2);
  rest.clock.advance(0.5);

  expect(
    (await rest.coldStart()('GET', '/api/v1/workflow-runs/1?wait_seconds=20', { token })).headers,
  ).not.toHaveProperty('retry-after');
});

test('a place is free again when its request was answered', async () => {
  const { id, token } = await aTenantWithRun();
  await limitStore(rest.table).set(id, 'waiting_requests', 1);

  for (let times = 0; times < 3; times += 1) {
    const before = rest.clock.now().getTime();
    await wait(token);
    expect(rest.clock.now().getTime() - before).toBe(20_000);
  }
});

test('a place whose request died is free when its time is over', async () => {
  const { id, token } = await aTenantWithRun();
  await limitStore(rest.table).set(id, 'waiting_requests', 1);
  const places = waitingPlaces(rest.table, 75, rest.clock.now);
  await places.take(id, 1, addSeconds(rest.clock.now(), 20));
  expect((await wait(token)).headers).toMatchObject({ 'retry-after': '2' });

  rest.clock.advance(20);

  expect((await wait(token)).headers).not.toHaveProperty('retry-after');
});

test('an operator can forbid a tenant to wait', async () => {
  const { id, token } = await aTenantWithRun();
  await limitStore(rest.table).set(id, 'waiting_requests', 0);
  const before = rest.clock.now();

  expect(await wait(token)).toMatchObject({ status: 200, headers: { 'retry-after': '2' }, body: { status: 'queued' } });

  expect(rest.clock.now()).toEqual(before);
});

test('a run that has ended, and a request that does not wait, take no place', async () => {
  const { id, token } = await aTenantWithRun();
  await rest.call('GET', '/api/v1/workflow-runs/1', { token });
  await rest.call('POST', '/api/v1/workflow-runs/1/cancel', { token });
  await wait(token);

  expect(await rowAt(rest.table, waitingKey(id))).toBeUndefined();
});

test('the run is returned at once if the places cannot be read', async () => {
  const { token } = await aTenantWithRun();
  isPlaceTableDown = true;

  expect(await wait(token)).toMatchObject({ status: 200, headers: { 'retry-after': '2' }, body: { status: 'queued' } });
});

describe('the places of all tenants together', () => {
  let table: Table;
  beforeAll(async () => (table = await startTable()));
  afterAll(() => table.stop());
  const now = () => new Date('2026-11-22T12:00:00.000Z');
  const soon = addSeconds(now(), 20);

  test('are taken by no more requests than there are places, however many tenants race for them', async () => {
    const places = waitingPlaces(table, 3, now);

    const taken = await Promise.all(Array.from({ length: 12 }, (_, index) => places.take(`t${index}`, 5, soon)));

    const held = taken.filter((place) => place !== undefined);
    expect(held.length).toBeGreaterThanOrEqual(1);
    expect(held.length).toBeLessThanOrEqual(3);
    for (const place of held) await place.release();
    for (let index = 0; index < 3; index += 1) expect(await places.take(`u${index}`, 5, soon)).toBeDefined();
    expect(await places.take('u4', 5, soon)).toBeUndefined();
  });

  test('do not exist in an account whose concurrency leaves no room for them', async () => {
    expect(await waitingPlaces(table, 0, now).take('acme', 10, soon)).toBeUndefined();
  });

  test('are taken once by a request that the SDK repeated', async () => {
    const twice = repeating(table, (command) => command.constructor.name === 'UpdateCommand');
    await waitingPlaces(twice, 10, now).take('repeated', 3, soon);

    expect(
      Object.keys((await rowAt(table, waitingKey('repeated')))!)
        .filter((name) => name.startsWith('p'))
        .sort(),
    ).toEqual(['p0', 'pk']);
  });
});
