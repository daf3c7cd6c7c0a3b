import { limitStore } from '../../../functions/aws/tenant/limits';
import { connectionBroken, interceptDatabase } from '../../support/requests';
import { sampled } from '../../support/sample';
import { startRest, type Rest } from '../../support/rest';

jest.setTimeout(60_000);

let rest: Rest;
/** Updates of the shared count of requests. */
let countWrites = 0;
let isCountDown = false;

beforeAll(async () => {
  rest = await startRest((table) =>
    interceptDatabase(table, async (command, send) => {
      if (!String(command.input.Key?.pk).endsWith('#REQ')) return send();
      countWrites += 1;
      if (isCountDown) throw connectionBroken();
      return send();
    }),
  );
});
afterAll(() => rest.stop());

beforeEach(() => {
  [countWrites, isCountDown] = [0, false];
  rest.clock.set(new Date(Math.ceil((rest.clock.now().getTime() + 1) / 60_000) * 60_000).toISOString());
});

type Send = Rest['call'];
const path = '/api/v1/workflows?limit=1';

async function aTenantWith(requestsPerMinute: number) {
  const tenant = await rest.aTenant();
  await limitStore(rest.table).set(tenant.id, 'requests_per_minute', requestsPerMinute);
  return tenant;
}

/** Sends requests one after another, and counts those that were admitted. */
async function admitted(requests: number, token: (index: number) => string, call: Send = rest.call): Promise<number> {
  let count = 0;
  for (let index = 0; index < requests; index += 1) {
    const { status } = await call('GET', path, { token: token(index) });
    expect([200, 429]).toContain(status);
    if (status === 200) count += 1;
  }
  return count;
}

test('a request above the rate is refused with its own code and policy, and what to do', async () => {
  const { token } = await aTenantWith(60);
  expect(await admitted(80, () => token)).toBeLessThan(60);
  rest.clock.advance(20);

  const { status, headers, body } = await rest.call('GET', path, { token });

  expect(status).toBe(429);
  expect(headers).toMatchObject({
    'content-type': 'application/problem+json',
    'retry-after': '40',
    'ratelimit-policy': '"requests";q=30;w=60',
    ratelimit: '"requests";r=0;t=40',
  });
  expect(body).toMatchObject({ title: 'Too many requests', code: 'rate_limited' });
  expect(body.detail).toMatch(/^This token or person may send 30 requests a minute; nothing was done\./);
  expect(body).not.toHaveProperty('resets_at');
});

test('one token may use half of the rate, and the others have the rest', async () => {
  const { id, token } = await aTenantWith(60);
  const other = await rest.aToken(id);

  const loop = await admitted(100, () => token);

  expect(loop).toBeGreaterThanOrEqual(30);
  expect(loop).toBeLessThan(60);
  expect(await admitted(20, () => other)).toBe(20);
});

test('many tokens together may not use more than the rate of their tenant', async () => {
  const { id } = await aTenantWith(60);
  const tokens = await Promise.all(Array.from({ length: 20 }, () => rest.aToken(id)));

  const count = await admitted(200, (index) => tokens[index % tokens.length]!);

  expect(count).toBeGreaterThanOrEqual(30);
  expect(count).toBeLessThanOrEqual(120);
});

// All of them take 1,500 requests.
test.each(sampled({ whole: [1, 4, 20], sample: [4] }))(
  'over %s function instances the rate is met within a factor of two',
  async (instances) => {
    const { id, token } = await aTenantWith(200);
    const calls = Array.from({ length: instances }, () => rest.coldStart());
    const other = await rest.aToken(id);
    let count = 0;

    for (let round = 0; round < Math.ceil(500 / instances); round += 1)
      for (const call of calls) count += await admitted(1, () => (round % 2 === 0 ? token : other), call);

    expect(count).toBeGreaterThanOrEqual(100);
    expect(count).toBeLessThanOrEqual(400);
  },
);

test('requests that arrive together share their leases', async () => {
  const { id, token } = await aTenantWith(1000);
  const other = await rest.aToken(id);

  const answers = await Promise.all(
    Array.from({ length: 300 }, (_, index) => rest.call('GET', path, { token: index % 2 === 0 ? token : other })),
  );

  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  expect(countWrites).toBeLessThan(60);
});

test('a caller that sends one request a minute writes nothing, and a busy one writes for few of its requests', async () => {
  const { token } = await aTenantWith(6000);
  for (let minute = 0; minute < 5; minute += 1) {
    await admitted(1, () => token);
    rest.clock.advance(60);
  }
  expect(countWrites).toBe(0);

  await admitted(300, () => token);
  expect(countWrites).toBeLessThan(30);
});

test('the next minute begins with the whole rate', async () => {
  const { token } = await aTenantWith(60);
  await admitted(80, () => token);
  expect(await admitted(1, () => token)).toBe(0);

  rest.clock.advance(60);

  expect(await admitted(20, () => token)).toBe(20);
});

test("one tenant's flood leaves another its whole rate", async () => {
  const [noisy, quiet] = [await aTenantWith(60), await aTenantWith(60)];
  await admitted(200, () => noisy.token);

  expect(await admitted(25, () => quiet.token)).toBe(25);
});

test('requests are admitted while the count cannot be written, and the log says so', async () => {
  const { id, token } = await aTenantWith(60);
  isCountDown = true;
  rest.logged.length = 0;

  expect(await admitted(100, () => token)).toBe(100);

  expect(rest.logged).toContainEqual(expect.objectContaining({ event: 'rate_unknown', tenant: id }));
});

test('a number that an operator sets is in force a minute later', async () => {
  const { id, token } = await aTenantWith(60);
  expect(await admitted(100, () => token)).toBeLessThan(60);
  await limitStore(rest.table).set(id, 'requests_per_minute', 400);
  rest.clock.advance(60);

  expect(await admitted(150, () => token)).toBe(150);
});
