import type { Tenant } from '../../../functions/domain/tenant/tenant';
import { aTenant } from '../../support/builders';
import { startPeople, type People } from './people';

let people: People;
beforeAll(async () => (people = await startPeople()));
afterAll(() => people.stop());

interface TenantWithManager {
  readonly id: string;
  readonly member: string;
}

let places = 0;

/** Creates a tenant without tokens, and a member with manage_agents. */
async function createTenant(overrides: Partial<Tenant> = {}): Promise<TenantWithManager> {
  const id = `place-${(places += 1)}`;
  await people.deps.tenants.create(aTenant({ id, ...overrides }));
  return { id, member: await people.signedIn(id) };
}

const create = ({ member }: TenantWithManager, body: unknown) =>
  people.call('POST', '/api/v1/tokens', { token: member, body });
const list = ({ member }: TenantWithManager, query = '') =>
  people.call('GET', `/api/v1/tokens${query}`, { token: member });
const day = 86_400;

describe('a token created in the dashboard', () => {
  test('is shown once, works at once, and has an audit row without its text', async () => {
    const tenant = await createTenant();

    const created = await create(tenant, { name: 'CI', scopes: ['workflows:read', 'workflows:run'] });

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
      created_by: expect.stringMatching(/@/),
      status: 'active',
      token: expect.stringMatching(/^cwf_pat_/),
    });
    expect(created.headers['location']).toBe(`/api/v1/tokens/${created.body.id}`);
    const { token: text, ...view } = created.body;
    expect((await people.call('GET', created.headers['location']!, { token: tenant.member })).body).toEqual(view);
    expect((await people.call('GET', '/api/v1/workflows', { token: text })).status).toBe(200);

    const { events } = await people.deps.audit.list(tenant.id, 10);
    expect(events.find(({ action }) => action === 'token.created')).toMatchObject({
      target: view.id,
      actor: { channel: 'dashboard' },
      detail: { name: 'CI', scopes: 'workflows:read workflows:run' },
    });
    expect(JSON.stringify([events, (await list(tenant)).body, people.logged])).not.toContain(text);
  });

  test('gets the default scopes of its kind, which do not include writing recipes', async () => {
    const tenant = await createTenant();

    expect((await create(tenant, { name: 'x', kind: 'pat' })).body.scopes).toEqual([
      'workflows:read',
      'workflows:run',
      'webhooks:read',
      'webhooks:write',
    ]);
    expect((await create(tenant, { name: 'x', kind: 'mcp' })).body).toMatchObject({
      kind: 'mcp',
      scopes: ['mcp'],
      token: expect.stringMatching(/^cwf_mcp_/),
    });
  });

  test('expires after the given time of up to a year, or never', async () => {
    const tenant = await createTenant();

    const year = (await create(tenant, { name: 'x', kind: 'pat', expires_in_days: 365 })).body;
    const forEver = (await create(tenant, { name: 'x', kind: 'pat', expires_in_days: null })).body;

    expect(Date.parse(year.expires_at) - people.clock.now().getTime()).toBe(365 * day * 1000);
    expect(forEver.expires_at).toBeNull();
  });

  test('is refused after it has expired', async () => {
    const tenant = await createTenant();
    const { token, id } = (await create(tenant, { name: 'x', kind: 'pat', expires_in_days: 1 })).body;

    people.clock.advance(day);

    expect((await people.call('GET', '/api/v1/me', { token })).status).toBe(401);
    const member = await people.issuer.idToken('late@acme.example');
    await people.aMember(tenant.id, 'viewer', 'late@acme.example');
    expect((await people.call('GET', `/api/v1/tokens/${id}`, { token: member })).body.status).toBe('expired');
  });
});

describe('revoking a token', () => {
  test('makes all APIs refuse it within ten seconds, and keeps it in the list', async () => {
    const tenant = await createTenant();
    const { id, token } = (await create(tenant, { name: 'Old CI', kind: 'pat' })).body;
    await people.call('GET', '/api/v1/me', { token });

    const revoked = await people.call('DELETE', `/api/v1/tokens/${id}`, { token: tenant.member });
    people.clock.advance(10);

    expect(revoked).toMatchObject({ status: 204, body: undefined });
    expect((await people.call('GET', '/api/v1/me', { token })).status).toBe(401);
    expect((await list(tenant)).body.data).toMatchObject([{ id, status: 'revoked' }]);
  });

  test('twice keeps the time of the first call and leaves one audit row', async () => {
    const tenant = await createTenant();
    const { id } = (await create(tenant, { name: 'x', kind: 'pat' })).body;
    const revoke = () => people.call('DELETE', `/api/v1/tokens/${id}`, { token: tenant.member });

    await revoke();
    const first = (await list(tenant)).body.data[0].revoked_at;
    people.clock.advance(1);

    expect((await revoke()).status).toBe(204);
    expect((await list(tenant)).body.data[0].revoked_at).toBe(first);
    const { events } = await people.deps.audit.list(tenant.id, 10);
    expect(events.filter(({ action }) => action === 'token.revoked')).toHaveLength(1);
  });

  test.each(['GET', 'DELETE'])('with an id longer than any key is not found (%s)', async (method) => {
    const { id } = await people.aTenant();

    const refused = await people.call(method, `/api/v1/tokens/${'x'.repeat(2000)}`, {
      token: await people.signedIn(id),
    });

    expect([refused.status, refused.body.code]).toEqual([404, 'not_found']);
  });

  test.each(['GET', 'DELETE'])(
    'of another tenant gets the same response as one that does not exist (%s)',
    async (method) => {
      const tenant = await createTenant();
      const { id } = (await create(await createTenant(), { name: 'x', kind: 'pat' })).body;

      const foreign = await people.call(method, `/api/v1/tokens/${id}`, { token: tenant.member });
      const never = await people.call(method, '/api/v1/tokens/tok_never', { token: tenant.member });

      expect(foreign.status).toBe(404);
      expect({ ...foreign.body, request_id: '' }).toEqual({ ...never.body, request_id: '' });
    },
  );
});

describe('creating a token is refused for', () => {
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
    const { status, body: problem } = await create(await createTenant(), body);

    expect(status).toBe(422);
    expect(problem.code).toBe('invalid_request');
    expect(problem.errors.map((fault: { pointer: string }) => fault.pointer)).toContain(pointer);
  });

  test('the scope to write recipes, unless the tenant has authoring', async () => {
    const wish = { name: 'x', scopes: ['workflows:write'] };

    expect((await create(await createTenant({ authoring: false }), wish)).body.code).toBe('permission_required');
    expect((await create(await createTenant({ authoring: true }), wish)).status).toBe(201);
  });

  test('a caller with an access token, whatever its scopes', async () => {
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
  test('has pages, newest first, with cursors that are valid for this tenant only', async () => {
    const tenant = await createTenant();
    for (const name of ['one', 'two', 'three']) {
      await create(tenant, { name, kind: 'pat' });
      people.clock.advance(1);
    }

    const first = (await list(tenant, '?limit=2')).body;
    const second = (await list(tenant, `?limit=2&cursor=${first.next_cursor}`)).body;

    const names = (page: { data: { name: string }[] }) => page.data.map(({ name }) => name);
    expect([names(first), first.has_more]).toEqual([['three', 'two'], true]);
    expect([names(second), second.has_more, second.next_cursor]).toEqual([['one'], false, null]);
    expect((await list(await createTenant(), `?cursor=${first.next_cursor}`)).status).toBe(422);
  });

  test('is empty at first for a tenant on starter, which may create tokens too', async () => {
    const tenant = await createTenant({ plan: 'starter' });

    expect((await list(tenant)).body.data).toEqual([]);
    expect((await create(tenant, { name: 'For later', kind: 'mcp' })).status).toBe(201);
  });
});
