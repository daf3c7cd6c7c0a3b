import { aRecipe, noon } from '../../support/builders';
import { startRest } from '../../support/rest';
import { keyedCalls, noting, type KeyedCall, type World } from './keyed-calls';

jest.setTimeout(30_000);

let world: World;

beforeAll(async () => {
  const effects: string[] = [];
  world = { rest: await startRest((table) => noting(table, effects)), effects };
});
afterAll(() => world.rest.stop());
beforeEach(() => world.rest.clock.set(noon));

const send = ({ target, token, body }: KeyedCall, key: string) =>
  world.rest.call('POST', target, { token, headers: { 'idempotency-key': key }, ...(body && { body }) });

test('every POST honours an Idempotency-Key, except one that makes nothing', () => {
  const posts = world.rest.routes.filter(({ method }) => method === 'POST');

  expect(posts.filter(({ idempotent }) => idempotent !== true).map(({ operationId }) => operationId)).toEqual([
    'validateRecipe',
  ]);
  const startsRuns = ['triggerRun', 'rerunRun'];
  expect([...Object.keys(keyedCalls), ...startsRuns, 'validateRecipe'].sort()).toEqual(
    posts.map(({ operationId }) => operationId).sort(),
  );
});

describe.each(Object.entries(keyedCalls))('%s', (name, arrange) => {
  /** What only the first answer shows. */
  const shownOnce: Readonly<Record<string, string>> = { createToken: 'token', createWebhookEndpoint: 'secret' };

  test('repeated with its key is answered as before and changes nothing', async () => {
    const call = await arrange(world);
    const first = await send(call, 'once');
    world.effects.length = 0;

    const again = await send(call, 'once');

    const { [shownOnce[name] ?? '']: secret, ...body } = first.body;
    expect(again).toMatchObject({
      status: call.status,
      body,
      headers: { ...(first.headers['location'] && { location: first.headers['location'] }) },
    });
    expect(Object.keys(again.body).sort()).toEqual(Object.keys(body).sort());
    expect(secret === undefined).toBe(shownOnce[name] === undefined);
    expect([first, again].map(({ headers }) => headers['idempotent-replayed'])).toEqual([undefined, 'true']);
    expect(world.effects).toEqual([]);
  });

  test('refuses a key that stands for another request, also at another operation', async () => {
    const call = await arrange(world);
    await world.rest.aWorkflow(call.tenantId);
    const member = world.rest.aMember(call.tenantId);
    await world.rest.call('POST', '/api/v1/tokens', {
      token: member,
      headers: { 'idempotency-key': 'of a token' },
      body: { name: 'Other', kind: 'pat' },
    });
    world.effects.length = 0;

    expect(await send(call, 'of a token')).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    expect(world.effects).toEqual([]);
  });

  test('refuses two keys in one request', async () => {
    const call = await arrange(world);
    world.effects.length = 0;

    expect(await send(call, 'once,once')).toMatchObject({
      status: 422,
      body: { errors: [{ header: 'Idempotency-Key', code: 'invalid_idempotency_key' }] },
    });
    expect(world.effects).toEqual([]);
  });

  test('gives the key back after a refusal', async () => {
    const call = await arrange(world);
    const refused = await send({ ...call, body: { unknown: true } }, 'once');
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid_request' } });

    expect(await send(call, 'once')).toMatchObject({ status: call.status });
  });
});

test('a refusal that comes after the key was taken gives it back too', async () => {
  const call = await keyedCalls['cancelRun']!(world);
  const unknown = { ...call, target: '/api/v1/workflow-runs/9/cancel' };

  expect([(await send(unknown, 'once')).status, (await send(call, 'once')).status]).toEqual([404, 200]);
});

test('a workflow that was changed since is answered as it is now', async () => {
  const call = await keyedCalls['createWorkflow']!(world);
  const { id } = (await send(call, 'once')).body;
  const target = `/api/v1/workflows/${id}`;
  await world.rest.call('PUT', target, { token: call.token, body: { name: 'Renamed', recipe: aRecipe() } });

  expect(await send(call, 'once')).toMatchObject({
    status: 201,
    headers: { location: target },
    body: { id, name: 'Renamed', version: 2 },
  });
});

test('a token whose answer was lost is listed, and can be revoked by the id that a repeat gets', async () => {
  const call = await keyedCalls['createToken']!(world);
  await send(call, 'once');

  const { id } = (await send(call, 'once')).body;
  await world.rest.call('DELETE', `/api/v1/tokens/${id}`, { token: call.token });

  expect((await send(call, 'once')).body).toMatchObject({ id, status: 'revoked' });
});

test('a bulk redelivery that was answered says the same numbers again, whatever became of the deliveries', async () => {
  const call = await keyedCalls['redeliverFailedWebhooks']!(world);
  const first = await send(call, 'once');
  expect(first.body).toMatchObject({ count: 3, redelivered: 3 });
  await call.meanwhile?.();

  expect((await send(call, 'once')).body).toEqual(first.body);
});

test('only counting what failed takes no key, so that the same key serves to confirm', async () => {
  const call = await keyedCalls['redeliverFailedWebhooks']!(world);
  const count = { ...call, target: call.target.replace('&confirm=true', '') };

  expect((await send(count, 'once')).status).toBe(200);
  expect((await send(count, 'once')).headers).not.toHaveProperty('idempotent-replayed');
  expect((await send(call, 'once')).status).toBe(202);
});

test('checking a recipe has no use for a key, and refuses two', async () => {
  const { token } = await world.rest.aTenant();
  const check = (key: string) =>
    world.rest.call('POST', '/api/v1/recipes/validate', {
      token,
      headers: { 'idempotency-key': key },
      body: aRecipe(),
    });

  expect([(await check('k')).status, (await check('k,k')).status]).toEqual([200, 422]);
});
