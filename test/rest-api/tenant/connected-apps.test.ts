import { ulid } from 'ulid';
import { limitStore } from '../../../functions/aws/tenant/limits';
import type { ConnectedApp } from '../../../functions/domain/tenant/connected-app';
import type { Tenant } from '../../../functions/domain/tenant/tenant';
import { aConnectedApp } from '../../support/builders';
import { interceptDatabase } from '../../support/requests';
import { startPeople, type People } from './people';

/** Called once, before the next update of an app reaches the table. */
let beforeUpdate: (() => Promise<unknown>) | undefined;

let people: People;
beforeAll(async () => {
  people = await startPeople((table) =>
    interceptDatabase(table, async (command, send) => {
      const meanwhile = beforeUpdate;
      if (meanwhile === undefined || !String(command.input.Key?.sk).startsWith('APP#')) return send();
      if (command.constructor.name !== 'UpdateCommand') return send();
      beforeUpdate = undefined;
      await meanwhile();
      return send();
    }),
  );
});
afterAll(() => people.stop());

interface TenantWithManager {
  readonly id: string;
  readonly member: string;
}

let places = 0;

async function createTenant(overrides: Partial<Tenant> = {}): Promise<TenantWithManager> {
  const { id } = await people.aTenant({ id: `apps-${(places += 1)}`, ...overrides });
  return { id, member: await people.signedIn(id) };
}

/** Stores an app as the authorization server does when a member approves it. */
async function approve({ id }: TenantWithManager, overrides: Partial<ConnectedApp> = {}): Promise<ConnectedApp> {
  const now = people.clock.now();
  const app = aConnectedApp({ id: `app_${ulid(now.getTime())}`, tenant_id: id, ...overrides });
  await people.deps.places.take(id, 'connected_apps', app.id, now);
  await people.deps.connectedApps.put(app);
  return app;
}

const list = ({ member }: TenantWithManager, query = '') =>
  people.call('GET', `/api/v1/connected-apps${query}`, { token: member });
const read = ({ member }: TenantWithManager, appId: string) =>
  people.call('GET', `/api/v1/connected-apps/${appId}`, { token: member });
const revoke = ({ member }: TenantWithManager, appId: string) =>
  people.call('DELETE', `/api/v1/connected-apps/${appId}`, { token: member });
const audited = async ({ id }: TenantWithManager) => (await people.deps.audit.list(id, 10)).events;

describe('a connected app', () => {
  test('is shown to members with who approved it, what proves it, until when, and its last use', async () => {
    const tenant = await createTenant();
    const app = await approve(tenant, { approved_by: 'ada@acme.example' });

    const { status, body } = await read(tenant, app.id);

    const { tenant_id: _owner, first_refreshed_at: _first, ...shown } = app;
    expect({ status, body }).toEqual({ status: 200, body: { ...shown, status: 'active' } });
    expect((await list(tenant)).body.data).toEqual([body]);
  });

  test('that has expired is shown as expired, and as revoked once it was revoked', async () => {
    const tenant = await createTenant();
    const { id } = await approve(tenant, { expires_at: people.clock.now().toISOString() });

    expect((await read(tenant, id)).body.status).toBe('expired');
    await revoke(tenant, id);
    expect((await read(tenant, id)).body.status).toBe('revoked');
  });

  test('may be read by a viewer, and revoked only by somebody who may manage agents', async () => {
    const tenant = await createTenant();
    const viewer = { ...tenant, member: await people.signedIn(tenant.id, 'viewer') };
    const { id } = await approve(tenant);

    expect((await list(viewer)).body.data).toMatchObject([{ id }]);
    expect((await revoke(viewer, id)).body.code).toBe('permission_required');
    expect((await read(viewer, id)).body.status).toBe('active');
  });
});

test.each(['GET', 'DELETE'])('an access token opens no connected app: this is for people (%s)', async (method) => {
  const { id, token } = await people.aTenant();
  const app = await approve({ id, member: token });

  const { status, body } = await people.call(method, `/api/v1/connected-apps/${app.id}`, { token });

  expect({ status, code: body.code }).toEqual({ status: 403, code: 'permission_required' });
  expect(body.detail).toContain('sign in to the dashboard');
});

test.each(['GET', 'DELETE'])(
  'the app of another tenant gets the same 404 as one that never existed, and as text that is no id (%s)',
  async (method) => {
    const [tenant, other] = [await createTenant(), await createTenant()];
    const foreign = await approve(other);
    const ids = [foreign.id, `app_${'0'.repeat(26)}`, 'app_1', `tok_${foreign.id.slice(4)}`, 'x'.repeat(2000)];

    const answers = await Promise.all(
      ids.map((id) => people.call(method, `/api/v1/connected-apps/${id}`, { token: tenant.member })),
    );

    expect(answers[0]).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const [first, ...others] = answers.map(({ status, body }) => ({ status, body: { ...body, request_id: '' } }));
    for (const answer of others) expect(answer).toEqual(first);
    expect((await read(other, foreign.id)).body.status).toBe('active');
  },
);

describe('revoking a connected app', () => {
  test('ends it, keeps it in the list, and leaves an audit row with who ended it and why', async () => {
    const tenant = await createTenant();
    const { id } = await approve(tenant, { name: 'Claude' });

    const revoked = await revoke(tenant, id);

    expect(revoked).toMatchObject({ status: 204, body: undefined });
    expect((await list(tenant)).body.data).toMatchObject([
      { id, status: 'revoked', revoked_at: people.clock.now().toISOString(), revoked_because: 'revoked' },
    ]);
    const ended = (await audited(tenant)).find(({ action }) => action === 'app.revoked');
    expect(ended).toMatchObject({
      target: id,
      actor: { channel: 'dashboard', name: expect.stringMatching(/@/) },
      detail: { name: 'Claude', because: 'revoked' },
    });
  });

  test('twice keeps the time of the first call and leaves one audit row', async () => {
    const tenant = await createTenant();
    const { id } = await approve(tenant);

    await revoke(tenant, id);
    const first = (await read(tenant, id)).body;
    people.clock.advance(1);

    expect((await revoke(tenant, id)).status).toBe(204);
    expect((await read(tenant, id)).body).toEqual(first);
    expect((await audited(tenant)).filter(({ action }) => action === 'app.revoked')).toHaveLength(1);
  });

  test('while somebody else ends it changes nothing: the first end and its audit row stay the only ones', async () => {
    const tenant = await createTenant();
    const { id } = await approve(tenant);
    const colleague = { ...tenant, member: await people.signedIn(tenant.id) };
    // The colleague's whole call comes between this call's reading of the app and its write.
    beforeUpdate = () => {
      people.clock.advance(1);
      return revoke(colleague, id);
    };

    const slower = await revoke(tenant, id);

    expect(slower.status).toBe(204);
    const { revoked_at: at } = (await read(tenant, id)).body;
    expect(at).toBe(people.clock.now().toISOString());
    const rows = (await audited(tenant)).filter(({ action }) => action === 'app.revoked');
    expect(rows).toMatchObject([{ at }]);
  });

  test('does not write over an end that had another reason', async () => {
    const tenant = await createTenant();
    const { id } = await approve(tenant);
    const at = people.clock.now().toISOString();
    await people.deps.connectedApps.revoke(tenant.id, id, at, 'reuse_detected');

    people.clock.advance(1);
    await revoke(tenant, id);

    expect((await read(tenant, id)).body).toMatchObject({ revoked_at: at, revoked_because: 'reuse_detected' });
  });

  test('frees its place for another app', async () => {
    const tenant = await createTenant();
    await limitStore(people.table).set(tenant.id, 'connected_apps', 1);
    const { id } = await approve(tenant);
    await expect(approve(tenant)).rejects.toMatchObject({ code: 'limit_reached' });

    await revoke(tenant, id);

    await approve(tenant);
    await expect(approve(tenant)).rejects.toMatchObject({ code: 'limit_reached' });
  });
});

describe('the list of connected apps', () => {
  test('has pages, newest first, with cursors that are valid for this list and tenant only', async () => {
    const tenant = await createTenant();
    for (const name of ['one', 'two', 'three']) {
      await approve(tenant, { name });
      people.clock.advance(1);
    }

    const first = (await list(tenant, '?limit=2')).body;
    const second = (await list(tenant, `?limit=2&cursor=${first.next_cursor}`)).body;

    const names = (page: { data: { name: string }[] }) => page.data.map(({ name }) => name);
    expect([names(first), first.has_more]).toEqual([['three', 'two'], true]);
    expect([names(second), second.has_more, second.next_cursor]).toEqual([['one'], false, null]);
    const cursor = `?cursor=${first.next_cursor}`;
    expect((await list(await createTenant(), cursor)).status).toBe(422);
    expect((await people.call('GET', `/api/v1/tokens${cursor}`, { token: tenant.member })).status).toBe(422);
  });

  test('is open to a tenant on starter, whose members can end what a plan before let them approve', async () => {
    const tenant = await createTenant({ plan: 'starter' });
    const { id } = await approve(tenant);

    expect((await revoke(tenant, id)).status).toBe(204);
    expect((await list(tenant)).body.data).toMatchObject([{ id, status: 'revoked' }]);
  });
});
