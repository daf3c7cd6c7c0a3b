import type { Tenant } from '../../../functions/domain/tenant/tenant';
import { aTenant } from '../../support/builders';
import { startPeople, type People } from './people';

let people: People;
beforeAll(async () => (people = await startPeople()));
afterAll(() => people.stop());

interface Place {
  readonly id: string;
  readonly member: string;
}

let places = 0;

/** A tenant without any token, and somebody who manages there. */
async function aPlace(overrides: Partial<Tenant> = {}): Promise<Place> {
  const id = `place-${(places += 1)}`;
  await people.deps.tenants.create(aTenant({ id, ...overrides }));
  return { id, member: await people.signedIn(id) };
}

const create = ({ member }: Place, body: unknown) => people.call('POST', '/api/v1/tokens', { token: member, body });
const list = ({ member }: Place, query = '') => people.call('GET', `/api/v1/tokens${query}`, { token: member });
const day = 86_400;

describe('a token made in the dashboard', () => {
  test('is shown once, works at once, and is on record without its text', async () => {
    const place = await aPlace();

    const created = await create(place, { name: 'CI', scopes: ['workflows:read', 'workflows:run'] });

    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: expect.stringMatching(/^tok_/),
      kind: 'pat',
      name: 'CI',
      scopes: ['workflows:read', 'workflows:run'],
      created_at: people.clock.now().toISOString(),
      expires_at: new Date(people.clock.now().getTime() + 90 * day * 1000).toISOString(),
      last_used_at: null,
      revoked_at: null,
      status: 'active',
      token: expect.stringMatching(/^cwf_pat_/),
    });
    expect(created.headers['location']).toBe(`/api/v1/tokens/${created.body.id}`);
    const { token: text, ...view } = created.body;
    expect((await people.call('GET', created.headers['location']!, { token: place.member })).body).toEqual(view);
    expect((await people.call('GET', '/api/v1/workflows', { token: text })).status).toBe(200);

    const { events } = await people.deps.audit.list(place.id, 10);
    expect(events.find(({ action }) => action === 'token.created')).toMatchObject({
      target: view.id,
      actor: { channel: 'dashboard' },
      detail: { name: 'CI', scopes: 'workflows:read workflows:run' },
    });
    expect(JSON.stringify([events, (await list(place)).body, people.logged])).not.toContain(text);
  });

  test('by kind alone gets the usual scopes, which do not include writing recipes', async () => {
    const place = await aPlace();

    expect((await create(place, { name: 'x', kind: 'pat' })).body.scopes).toEqual([
      'workflows:read',
      'workflows:run',
      'webhooks:read',
      'webhooks:write',
    ]);
    expect((await create(place, { name: 'x', kind: 'mcp' })).body).toMatchObject({
      kind: 'mcp',
      scopes: ['mcp'],
      token: expect.stringMatching(/^cwf_mcp_/),
    });
  });

  test('lives as long as asked: a year at most, or until it is revoked', async () => {
    const place = await aPlace();

    const year = (await create(place, { name: 'x', kind: 'pat', expires_in_days: 365 })).body;
    const forEver = (await create(place, { name: 'x', kind: 'pat', expires_in_days: null })).body;

    expect(Date.parse(year.expires_at) - people.clock.now().getTime()).toBe(365 * day * 1000);
    expect(forEver.expires_at).toBeNull();
  });

  test('ends by itself', async () => {
    const place = await aPlace();
    const { token, id } = (await create(place, { name: 'x', kind: 'pat', expires_in_days: 1 })).body;

    people.clock.advance(day);

    expect((await people.call('GET', '/api/v1/me', { token })).status).toBe(401);
    const member = await people.issuer.idToken('late@acme.example');
    await people.aMember(place.id, 'viewer', 'late@acme.example');
    expect((await people.call('GET', `/api/v1/tokens/${id}`, { token: member })).body.status).toBe('expired');
  });
});

describe('revoking a token', () => {
  test('closes every door to it within ten seconds, and keeps it listed', async () => {
    const place = await aPlace();
    const { id, token } = (await create(place, { name: 'Old CI', kind: 'pat' })).body;
    await people.call('GET', '/api/v1/me', { token });

    const revoked = await people.call('DELETE', `/api/v1/tokens/${id}`, { token: place.member });
    people.clock.advance(10);

    expect(revoked).toMatchObject({ status: 204, body: undefined });
    expect((await people.call('GET', '/api/v1/me', { token })).status).toBe(401);
    expect((await list(place)).body.data).toMatchObject([{ id, status: 'revoked' }]);
  });

  test('twice changes nothing: the first time stays, and is on record once', async () => {
    const place = await aPlace();
    const { id } = (await create(place, { name: 'x', kind: 'pat' })).body;
    const revoke = () => people.call('DELETE', `/api/v1/tokens/${id}`, { token: place.member });

    await revoke();
    const first = (await list(place)).body.data[0].revoked_at;
    people.clock.advance(1);

    expect((await revoke()).status).toBe(204);
    expect((await list(place)).body.data[0].revoked_at).toBe(first);
    const { events } = await people.deps.audit.list(place.id, 10);
    expect(events.filter(({ action }) => action === 'token.revoked')).toHaveLength(1);
  });

  test.each(['GET', 'DELETE'])('of an id longer than any key is not found, too (%s)', async (method) => {
    const { id } = await people.aTenant();

    const refused = await people.call(method, `/api/v1/tokens/${'x'.repeat(2000)}`, {
      token: await people.signedIn(id),
    });

    expect([refused.status, refused.body.code]).toEqual([404, 'not_found']);
  });

  test.each(['GET', 'DELETE'])('of another tenant is not found, like one that never was (%s)', async (method) => {
    const place = await aPlace();
    const { id } = (await create(await aPlace(), { name: 'x', kind: 'pat' })).body;

    const foreign = await people.call(method, `/api/v1/tokens/${id}`, { token: place.member });
    const never = await people.call(method, '/api/v1/tokens/tok_never', { token: place.member });

    expect(foreign.status).toBe(404);
    expect({ ...foreign.body, request_id: '' }).toEqual({ ...never.body, request_id: '' });
  });
});

describe('what is refused', () => {
  test.each([
    ['no name', { kind: 'pat' }, '#/name'],
    ['an empty name', { name: '', kind: 'pat' }, '#/name'],
    ['neither kind nor scopes', { name: 'x' }, '#/scopes'],
    ['no scopes', { name: 'x', scopes: [] }, '#/scopes'],
    ['an unknown scope', { name: 'x', scopes: ['everything'] }, '#/scopes/0'],
    ['a scope twice', { name: 'x', scopes: ['workflows:read', 'workflows:read'] }, '#/scopes'],
    ['both doors', { name: 'x', scopes: ['mcp', 'workflows:read'] }, '#/scopes'],
    ['a kind its scopes are not of', { name: 'x', kind: 'mcp', scopes: ['workflows:read'] }, '#/kind'],
    ['more than a year', { name: 'x', kind: 'pat', expires_in_days: 366 }, '#/expires_in_days'],
    ['no time at all', { name: 'x', kind: 'pat', expires_in_days: 0 }, '#/expires_in_days'],
    ['an unknown key', { name: 'x', kind: 'pat', tenant_id: 'acme' }, '#/tenant_id'],
  ])('%s', async (_what, body, pointer) => {
    const { status, body: problem } = await create(await aPlace(), body);

    expect(status).toBe(422);
    expect(problem.code).toBe('invalid_request');
    expect(problem.errors.map((fault: { pointer: string }) => fault.pointer)).toContain(pointer);
  });

  test('writing recipes, unless the tenant authors them', async () => {
    const wish = { name: 'x', scopes: ['workflows:write'] };

    expect((await create(await aPlace({ authoring: false }), wish)).body.code).toBe('permission_required');
    expect((await create(await aPlace({ authoring: true }), wish)).status).toBe(201);
  });

  test('any access token, whatever its scopes: tokens do not make tokens', async () => {
    const { token } = await people.aTenant();

    for (const [method, path] of [
      ['GET', '/api/v1/tokens'],
      ['POST', '/api/v1/tokens'],
      ['DELETE', '/api/v1/tokens/tok_1'],
    ] as const) {
      const { status, body } = await people.call(method, path, { token, ...(method === 'POST' && { body: {} }) });
      expect({ status, code: body.code }).toEqual({ status: 403, code: 'permission_required' });
      expect(body.detail).toContain('sign in to the dashboard');
    }
  });
});

describe('the list of tokens', () => {
  test('goes page by page, newest first, with cursors of this tenant only', async () => {
    const place = await aPlace();
    for (const name of ['one', 'two', 'three']) {
      await create(place, { name, kind: 'pat' });
      people.clock.advance(1);
    }

    const first = (await list(place, '?limit=2')).body;
    const second = (await list(place, `?limit=2&cursor=${first.next_cursor}`)).body;

    const names = (page: { data: { name: string }[] }) => page.data.map(({ name }) => name);
    expect([names(first), first.has_more]).toEqual([['three', 'two'], true]);
    expect([names(second), second.has_more, second.next_cursor]).toEqual([['one'], false, null]);
    expect((await list(await aPlace(), `?cursor=${first.next_cursor}`)).status).toBe(422);
  });

  test('is empty for a tenant on starter, which may have tokens all the same', async () => {
    const place = await aPlace({ plan: 'starter' });

    expect((await list(place)).body.data).toEqual([]);
    expect((await create(place, { name: 'For later', kind: 'mcp' })).status).toBe(201);
  });
});
