import { tenantRow } from '../../support/table';
import { startLocalTable, type LocalTable } from '../operator';

let on: LocalTable;
beforeAll(async () => (on = await startLocalTable()));
afterAll(() => on.stop());

test("a new tenant has its plan's cap and an audit row that names the operator", async () => {
  const created = await on.local('tenants', 'create', 'globex', '--name', 'Globex', '--plan', 'growth');

  expect(created).toMatchObject({ code: 0, err: '' });
  expect(created.out).toContain('Tenant globex is created.');
  expect(await on.json('tenants', 'show', 'globex')).toEqual({
    id: 'globex',
    name: 'Globex',
    plan: 'growth',
    day: '2026-11-22',
    used: 0,
    cap: 100,
    remaining: 100,
    starts_at: '2026-11-22T00:00:00.000Z',
    resets_at: '2026-11-23T00:00:00.000Z',
    authoring: false,
    history: [],
  });
  const [row, ...more] = await on.audit('globex');
  expect(more).toEqual([]);
  expect(row).toMatchObject({
    at: expect.stringMatching(/^2026-11-22T12:00:00/),
    actor: { channel: 'operator', name: 'Olga' },
    action: 'tenant.created',
    target: 'tenant globex',
    request_id: expect.stringMatching(/^op_[0-9A-Z]{26}$/),
    detail: { plan: 'growth', cap: 100, authoring: false },
  });
});

test('a tenant can be created with a cap of its own and with authoring', async () => {
  const view = await on.json('tenants', 'create', 'initech', '--name', 'Initech', '--plan', 'custom', '--cap', '5000', '--authoring'); // prettier-ignore

  expect(view).toMatchObject({ plan: 'custom', cap: 5000, authoring: true });
});

test('a taken id is refused and the tenant behind it stays as it was', async () => {
  const id = await on.tenant({ name: 'The first' });

  const { code, out, err } = await on.local('tenants', 'create', id, '--name', 'The second', '--plan', 'starter');

  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toBe(`There is a tenant ${id} already. See it with: tenants show ${id}\n`);
  expect(await on.json('tenants', 'show', id)).toMatchObject({ name: 'The first', plan: 'pro' });
});

test('the list shows people what each tenant used of its cap', async () => {
  const id = await on.tenant({ plan: 'growth', unlimited: false, daily_cap: 100 });

  const { out } = await on.local('tenants', 'list');

  expect(out).toMatch(/^ID +NAME +PLAN +RUNS TODAY +AUTHORING$/m);
  expect(out).toMatch(new RegExp(`^${id} +Acme +growth +0 of 100 +yes$`, 'm'));
});

test('neither people nor programs are shown the key that signs cursors', async () => {
  const id = await on.tenant();
  const key = String((await tenantRow(on.database, id))['cursor_key']);

  const shown = [await on.local('tenants', 'show', id), await on.local('tenants', 'list', '--json')];

  expect(JSON.stringify(shown)).not.toContain(key);
});

test('another plan brings its own cap, and resets one the operator had given', async () => {
  const id = await on.tenant({ plan: 'growth', unlimited: false, daily_cap: 250 });

  const { out, err } = await on.local('plans', 'set', id, 'pro');

  expect(out).toBe(`Tenant ${id} is on pro (was growth); its daily run cap is 1,000.\n`);
  expect(err).toBe('');
  expect(await on.json('tenants', 'show', id)).toMatchObject({ plan: 'pro', cap: 1000 });
  expect(await on.audit(id)).toMatchObject([
    { action: 'tenant.plan_changed', detail: { from: 'growth', plan: 'pro', cap: 1000 } },
  ]);
});

test('a plan can be set together with a cap', async () => {
  const id = await on.tenant();

  expect(await on.json('plans', 'set', id, 'custom', '--cap', '7')).toMatchObject({ plan: 'custom', cap: 7 });
  expect(await on.json('plans', 'set', id, 'custom')).toMatchObject({ plan: 'custom', cap: null, remaining: null });
});

test.each([
  ['2000', { cap: 2000, remaining: 2000 }],
  ['0', { cap: 0, remaining: 0 }],
  ['unlimited', { cap: null, remaining: null }],
  ['plan', { cap: 1000, remaining: 1000 }],
])('the daily run cap can be set to %s', async (choice, usage) => {
  const id = await on.tenant({ daily_cap: 12 });

  const { out } = await on.local('caps', 'set', id, choice);

  expect(out).toContain('(was 12).');
  expect(await on.json('tenants', 'show', id)).toMatchObject({ plan: 'pro', ...usage });
  expect(await on.audit(id)).toMatchObject([{ action: 'tenant.cap_changed', detail: { from: 12, cap: usage.cap } }]);
});

test('a cap for a tenant on starter is set, with the warning that starter runs nothing', async () => {
  const id = await on.tenant({ plan: 'starter' });

  const { code, err } = await on.local('caps', 'set', id, '50');

  expect(code).toBe(0);
  expect(err).toMatch(/^Warning: This tenant is on starter/);
});

test('a warning to a program is JSON on stderr, so that stdout stays one document', async () => {
  const id = await on.tenant({ plan: 'starter' });

  const { out, err } = await on.local('caps', 'set', id, '50', '--json');

  expect(JSON.parse(out)).toMatchObject({ id, cap: 50 });
  expect(JSON.parse(err)).toEqual({ warning: expect.stringContaining('starter') });
});

test('authoring goes on and off, each time with an audit row', async () => {
  const id = await on.tenant({ authoring: false });

  expect(await on.json('authoring', 'on', id)).toMatchObject({ authoring: true });
  expect((await on.local('authoring', 'off', id)).out).toBe(`Authoring of ${id} is off.\n`);
  expect(await on.json('tenants', 'show', id)).toMatchObject({ authoring: false });
  expect((await on.audit(id)).map(({ detail }) => detail)).toEqual([{ authoring: true }, { authoring: false }]);
});

test.each([
  ['tenants', 'show', 'nobody'],
  ['plans', 'set', 'nobody', 'pro'],
  ['caps', 'set', 'nobody', '5'],
  ['authoring', 'on', 'nobody'],
  ['tokens', 'list', 'nobody'],
  ['tokens', 'create', 'nobody', '--kind', 'mcp', '--name', 'x'],
  ['tokens', 'revoke', 'nobody', 'tok_1'],
  ['workflows', 'list', 'nobody'],
  ['workflows', 'show', 'nobody', '1'],
  ['workflows', 'put', 'nobody', '-'],
  ['workflows', 'activate', 'nobody', '1'],
  ['workflows', 'deactivate', 'nobody', '1'],
  ['runs', 'list', 'nobody'],
  ['runs', 'show', 'nobody', '1'],
  ['endpoints', 'list', 'nobody'],
  ['endpoints', 'show', 'nobody', 'ep_1'],
  ['deliveries', 'list', 'nobody'],
  ['deliveries', 'show', 'nobody', 'dlv_1'],
])('an unknown tenant is refused in the product’s words by: %s %s', async (...args) => {
  expect(await on.local(...args)).toEqual({
    code: 1,
    out: '',
    err: 'No such tenant. Check the id; ids are listed by the matching list call.\n',
  });
  expect(await on.audit('nobody')).toEqual([]);
});
