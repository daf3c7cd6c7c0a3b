import { tenantRow } from '../../support/table';
import { startLocalOperator, type LocalOperator } from '../operator';

let operator: LocalOperator;
beforeAll(async () => (operator = await startLocalOperator()));
afterAll(() => operator.stop());

test("a new tenant has its plan's cap and an audit row that names the operator", async () => {
  const created = await operator.run('tenants', 'create', 'globex', '--name', 'Globex', '--plan', 'growth');

  expect(created).toMatchObject({ code: 0, err: '' });
  expect(created.out).toContain('Tenant globex is created.');
  expect(await operator.json('tenants', 'show', 'globex')).toEqual({
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
    limits: expect.objectContaining({ webhook_endpoints: 50 }),
    history: [],
  });
  const [row, ...more] = await operator.audit('globex');
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
  const view = await operator.json('tenants', 'create', 'initech', '--name', 'Initech', '--plan', 'custom', '--cap', '5000', '--authoring'); // prettier-ignore

  expect(view).toMatchObject({ plan: 'custom', cap: 5000, authoring: true });
});

test('an id that is taken is refused, and its tenant does not change', async () => {
  const id = await operator.createTenant({ name: 'The first' });

  const { code, out, err } = await operator.run('tenants', 'create', id, '--name', 'The second', '--plan', 'starter');

  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toBe(`There is already a tenant ${id}. To see it, run: tenants show ${id}\n`);
  expect(await operator.json('tenants', 'show', id)).toMatchObject({ name: 'The first', plan: 'pro' });
});

test('the list shows how much of its cap each tenant has used', async () => {
  const id = await operator.createTenant({ plan: 'growth', unlimited: false, daily_cap: 100 });

  const { out } = await operator.run('tenants', 'list');

  expect(out).toMatch(/^ID +NAME +PLAN +RUNS TODAY +AUTHORING$/m);
  expect(out).toMatch(new RegExp(`^${id} +Acme +growth +0 of 100 +yes$`, 'm'));
});

test('no output contains the key that signs cursors', async () => {
  const id = await operator.createTenant();
  const key = String((await tenantRow(operator.database, id))['cursor_key']);

  const shown = [await operator.run('tenants', 'show', id), await operator.run('tenants', 'list', '--json')];

  expect(JSON.stringify(shown)).not.toContain(key);
});

test('another plan brings its own cap and replaces one that the operator had set', async () => {
  const id = await operator.createTenant({ plan: 'growth', unlimited: false, daily_cap: 250 });

  const { out, err } = await operator.run('plans', 'set', id, 'pro');

  expect(out).toBe(`Tenant ${id} is on pro (was growth); its daily run cap is 1,000.\n`);
  expect(err).toBe('');
  expect(await operator.json('tenants', 'show', id)).toMatchObject({ plan: 'pro', cap: 1000 });
  expect(await operator.audit(id)).toMatchObject([
    { action: 'tenant.plan_changed', detail: { from: 'growth', plan: 'pro', cap: 1000 } },
  ]);
});

test('a plan can be set together with a cap', async () => {
  const id = await operator.createTenant();

  expect(await operator.json('plans', 'set', id, 'custom', '--cap', '7')).toMatchObject({ plan: 'custom', cap: 7 });
  expect(await operator.json('plans', 'set', id, 'custom')).toMatchObject({
    plan: 'custom',
    cap: null,
    remaining: null,
  });
});

test.each([
  ['2000', { cap: 2000, remaining: 2000 }],
  ['0', { cap: 0, remaining: 0 }],
  ['unlimited', { cap: null, remaining: null }],
  ['plan', { cap: 1000, remaining: 1000 }],
])('the daily run cap can be set to %s', async (choice, usage) => {
  const id = await operator.createTenant({ daily_cap: 12 });

  const { out } = await operator.run('caps', 'set', id, choice);

  expect(out).toContain('(was 12).');
  expect(await operator.json('tenants', 'show', id)).toMatchObject({ plan: 'pro', ...usage });
  expect(await operator.audit(id)).toMatchObject([
    { action: 'tenant.cap_changed', detail: { from: 12, cap: usage.cap } },
  ]);
});

test('a cap for a tenant on starter is set, with the warning that starter runs nothing', async () => {
  const id = await operator.createTenant({ plan: 'starter' });

  const { code, err } = await operator.run('caps', 'set', id, '50');

  expect(code).toBe(0);
  expect(err).toMatch(/^Warning: This tenant is on starter/);
});

test('with --json a warning is JSON on stderr, so that stdout stays one document', async () => {
  const id = await operator.createTenant({ plan: 'starter' });

  const { out, err } = await operator.run('caps', 'set', id, '50', '--json');

  expect(JSON.parse(out)).toMatchObject({ id, cap: 50 });
  expect(JSON.parse(err)).toEqual({ warning: expect.stringContaining('starter') });
});

test('authoring goes on and off, each time with an audit row', async () => {
  const id = await operator.createTenant({ authoring: false });

  expect(await operator.json('authoring', 'on', id)).toMatchObject({ authoring: true });
  expect((await operator.run('authoring', 'off', id)).out).toBe(`Authoring of ${id} is off.\n`);
  expect(await operator.json('tenants', 'show', id)).toMatchObject({ authoring: false });
  expect((await operator.audit(id)).map(({ detail }) => detail)).toEqual([{ authoring: true }, { authoring: false }]);
});

test.each([
  ['tenants', 'show', 'nobody'],
  ['plans', 'set', 'nobody', 'pro'],
  ['caps', 'set', 'nobody', '5'],
  ['limits', 'list', 'nobody'],
  ['limits', 'set', 'nobody', 'webhook_endpoints', '5'],
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
])('%s %s refuses an unknown tenant with the same message as the API', async (...args) => {
  expect(await operator.run(...args)).toEqual({
    code: 1,
    out: '',
    err: 'No such tenant. Check the id; ids are listed by the matching list call.\n',
  });
  expect(await operator.audit('nobody')).toEqual([]);
});

test.each([
  ['   ', 'Must have at least 1 character that can be seen.'],
  ['\u200b', 'Must have at least 1 character that can be seen.'],
  ['Acme\u001b[2J', 'Must be one line without control or direction characters; remove them.'],
  ['Acme\u202e', 'Must be one line without control or direction characters; remove them.'],
  ['x'.repeat(121), 'Must have at most 120 characters.'],
])('the name %j of a tenant is refused, and no tenant is created', async (name, sentence) => {
  const { code, err } = await operator.run('tenants', 'create', 'unnamed', '--name', name, '--plan', 'growth');

  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(sentence) });
  expect((await operator.run('tenants', 'show', 'unnamed')).code).toBe(1);
});

test('a name is stored without the white space around it', async () => {
  const made = await operator.json('tenants', 'create', 'umbrella', '--name', ' Umbrella\u00a0\n', '--plan', 'growth');

  expect(made).toMatchObject({ name: 'Umbrella' });
});

test('what an older name holds cannot act on the terminal, as text or as JSON', async () => {
  const name = 'Ac\u001b[2Jme\u009b31m \u202eetilE\u200f\u2028 \u007f';
  const id = await operator.createTenant({ name });

  const [list, show, json] = [
    await operator.run('tenants', 'list'),
    await operator.run('tenants', 'show', id),
    await operator.run('tenants', 'show', id, '--json'),
  ].map(({ out }) => out);

  for (const out of [list, show, json]) {
    expect(out).toContain('Ac\\u001b[2Jme\\u009b31m \\u202eetilE\\u200f\\u2028 \\u007f');
    // eslint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/);
  }
  expect(JSON.parse(json!)).toMatchObject({ name });
});

test('a change is refused under a name of the operator that nobody could read', async () => {
  const create = (env: Record<string, string>) =>
    operator.runWith({ env }, 'tenants', 'create', 'nameless', '--name', 'Nameless', '--plan', 'growth');

  const { code, err } = await create({ OPERATOR_NAME: 'Olga\u202e' });

  expect({ code, err }).toEqual({
    code: 1,
    err: 'OPERATOR_NAME cannot be used. Must be one line without control or direction characters; remove them.\n',
  });
  expect((await create({ OPERATOR_NAME: ' Olga ' })).code).toBe(0);
  expect((await operator.audit('nameless'))[0]).toMatchObject({ actor: { name: 'Olga' } });
});
