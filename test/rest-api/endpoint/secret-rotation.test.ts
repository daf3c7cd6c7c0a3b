import { randomBytes } from 'node:crypto';
import { endpointKey } from '../../../functions/aws/keys';
import { activeSecrets, signingSecretsSchema } from '../../../functions/domain/endpoint/endpoint';
import { addSeconds } from '../../../functions/domain/day';
import { auditIds } from '../../../functions/domain/tenant/audit-ids';
import { noon } from '../../support/builders';
import { startRest, type Rest } from '../../support/rest';
import { rowAt } from '../../support/table';

let rest: Rest;
let token: string;
let tenantId: string;
let id: string;
let first: string;

beforeAll(async () => (rest = await startRest()));
afterAll(() => rest.stop());
beforeEach(async () => {
  rest.clock.set(noon);
  ({ token, id: tenantId } = await rest.aTenant());
  ({ id, secret: first } = (await register()).body);
});

const path = '/api/v1/webhook-endpoints';
const register = (more: object = {}) =>
  rest.call('POST', path, { token, body: { url: 'https://hooks.example.com/in', events: ['*'], ...more } });
const rotate = (key?: string, body?: object) =>
  rest.call('POST', `${path}/${id}/rotate-secret`, {
    token,
    headers: key === undefined ? {} : { 'idempotency-key': key },
    ...(body && { body }),
  });
const expire = () => rest.call('POST', `${path}/${id}/expire-previous-secret`, { token });
/** The secrets that sign now. */
const signing = async () =>
  activeSecrets(signingSecretsSchema.parse(await rowAt(rest.table, endpointKey(tenantId, id))), rest.clock.now());
const until = addSeconds(noon, 86_400).toISOString();
const aSecret = (bytes: number) => `whsec_${randomBytes(bytes).toString('base64')}`;

test('the replaced secret signs for 24 hours more, and the endpoint says until when', async () => {
  const { status, body } = await rotate();

  expect(status).toBe(200);
  expect(body).toMatchObject({ id, previous_secret_until: until, secret: expect.stringMatching(/^whsec_/) });
  expect(await signing()).toEqual([body.secret, first]);
  rest.clock.set(addSeconds(noon, 86_400));
  expect(await signing()).toEqual([body.secret]);
  expect((await rest.call('GET', `${path}/${id}`, { token })).body.previous_secret_until).toBeNull();
});

test('after a rotation whose answer was lost, the secret is rotated again, and the first one signs on until its time is over', async () => {
  const lost = (await rotate()).body.secret;
  rest.clock.advance(3600);

  const { body } = await rotate();

  expect(await signing()).toEqual([body.secret, first]);
  expect(body.secret).not.toBe(lost);
  expect(body.previous_secret_until).toBe(until);
});

test('a rotation repeated with its Idempotency-Key returns the same secret, and is recorded once', async () => {
  const made = await rotate('r-1');
  rest.clock.advance(60);

  const again = await rotate('r-1');

  expect(again.body.secret).toBe(made.body.secret);
  expect([made.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([undefined, 'true']);
  expect(await signing()).toEqual([made.body.secret, first]);
  const events = (await rest.call('GET', '/api/v1/audit-events', { token: rest.aMember(tenantId) })).body.data;
  expect(events.filter(({ action }: any) => action === 'endpoint.secret_rotated')).toHaveLength(1);
});

test('another request with the same key is refused, and after 24 hours the key is free', async () => {
  await rotate('r-1');

  expect(await rotate('r-1', { secret: aSecret(32) })).toMatchObject({
    status: 422,
    body: { code: 'idempotency_key_reused' },
  });
  rest.clock.advance(86_400);
  expect((await rotate('r-1', { secret: aSecret(32) })).headers['idempotent-replayed']).toBeUndefined();
});

test('of rotations at the same moment each has a secret, and the one that signs is one of them', async () => {
  const answers = await Promise.all([1, 2, 3].map(() => rotate()));

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const [current, previous, ...more] = await signing();
  expect(answers.map(({ body }) => body.secret)).toContain(current);
  expect([previous, more]).toEqual([first, []]);
});

test('of rotations at the same moment with one key one is made, and the others get its secret or are asked to wait', async () => {
  const answers = await Promise.all([1, 2, 3].map(() => rotate('same')));

  const made = answers.filter(({ status }) => status === 200);
  const [{ secret }] = made.map(({ body }) => body);
  expect(made.map(({ body }) => body.secret)).toEqual(made.map(() => secret));
  for (const answer of answers)
    expect(answer).toMatchObject(
      made.includes(answer) ? { status: 200 } : { status: 409, body: { code: 'idempotency_in_progress' } },
    );
  expect(await signing()).toEqual([secret, first]);
});

test('a rotation repeated after another one changes nothing, and its secret is not shown again', async () => {
  await rotate('r-1');
  const later = (await rotate('r-2')).body.secret;

  const again = await rotate('r-1');

  expect(again).toMatchObject({ status: 200, headers: { 'idempotent-replayed': 'true' } });
  expect(again.body).not.toHaveProperty('secret');
  expect(await signing()).toEqual([later, first]);
});

describe('the replaced secret', () => {
  test('is ended at once if it leaked, and ending it again changes nothing', async () => {
    const { secret } = (await rotate()).body;

    const ended = await expire();

    expect(ended).toMatchObject({ status: 200, body: { id, previous_secret_until: null } });
    expect(ended.body).not.toHaveProperty('secret');
    expect(await signing()).toEqual([secret]);
    expect((await expire()).status).toBe(200);
    const events = (await rest.call('GET', '/api/v1/audit-events', { token: rest.aMember(tenantId) })).body.data;
    expect(events.filter(({ action }: any) => action === 'endpoint.previous_secret_expired')).toHaveLength(1);
  });

  test('that was ended gives its place to the next one', async () => {
    const { secret } = (await rotate()).body;
    await expire();

    const { body } = await rotate();

    expect(await signing()).toEqual([body.secret, secret]);
  });
});

describe('a secret of the tenant’s own', () => {
  test.each([24, 32, 64])(
    'of %i bytes is taken, when an endpoint is registered and when it is rotated',
    async (bytes) => {
      const [own, next] = [aSecret(bytes), aSecret(bytes)];

      const registered = await register({ secret: own });
      ({ id } = registered.body);

      expect(registered.body.secret).toBe(own);
      expect((await rotate(undefined, { secret: next })).body.secret).toBe(next);
      expect(await signing()).toEqual([next, own]);
    },
  );

  test.each([
    ['too short', aSecret(23)],
    ['too long', aSecret(65)],
    ['without its prefix', randomBytes(32).toString('base64')],
    ['not base64', `whsec_${'!'.repeat(44)}`],
    ['base64url', `whsec_${'-_'.repeat(22)}`],
    ['with a line break', `${aSecret(32)}\n`],
    ['without padding', aSecret(32).replace('=', '')],
    ['empty', ''],
  ])('is refused if it is %s', async (_what, secret) => {
    for (const answer of [await register({ secret }), await rotate(undefined, { secret })])
      expect(answer).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '#/secret', code: 'invalid_secret' }] },
      });
    expect(await signing()).toEqual([first]);
  });

  test('that is the current one already changes nothing', async () => {
    expect((await rotate(undefined, { secret: first })).body.secret).toBe(first);

    expect(await signing()).toEqual([first]);
  });
});

test('each rotation is proved by its row, whichever came last', async () => {
  await rotate();
  rest.clock.advance(60);
  await rotate();
  await expire();

  expect(await rowAt(rest.table, endpointKey(tenantId, id))).toMatchObject({
    rotated_at: rest.clock.now().toISOString(),
  });
  const events = (await rest.call('GET', '/api/v1/audit-events', { token: rest.aMember(tenantId) })).body.data;
  expect(events.map((event: any) => event.id)).toContain(auditIds.secretRotated(id, rest.clock.now().toISOString()));
});

test('two rotations in the same millisecond leave two audit rows', async () => {
  const rotations = [await rotate(), await rotate()];

  const { body } = await rest.call('GET', '/api/v1/audit-events', { token });
  expect(rotations.map(({ status }) => status)).toEqual([200, 200]);
  const audited = body.data.filter(({ action }: { action: string }) => action === 'endpoint.secret_rotated');
  expect(audited).toHaveLength(2);
});
