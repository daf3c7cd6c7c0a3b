import { ulid } from 'ulid';
import { connectedAppStore } from '../../../functions/aws/tenant/connected-apps';
import { placeStore } from '../../../functions/aws/tenant/places';
import type { ConnectedApp } from '../../../functions/domain/tenant/connected-app';
import { aConnectedApp, noon } from '../../support/builders';
import { beforeFirst } from '../../support/requests';
import { startLocalOperator, type LocalOperator } from '../operator';

let operator: LocalOperator;
beforeAll(async () => (operator = await startLocalOperator()));
afterAll(() => operator.stop());

async function anApp(tenantId: string, overrides: Partial<ConnectedApp> = {}): Promise<ConnectedApp> {
  const app = aConnectedApp({ tenant_id: tenantId, ...overrides });
  await placeStore(operator.database).take(tenantId, 'connected_apps', app.id, noon);
  await connectedAppStore(operator.database).put(app);
  return app;
}

const idAt = (second: number) => `app_${ulid(noon.getTime() + second * 1000)}`;

test('apps are listed, newest first, with what proves them, who approved them, and their last use', async () => {
  const tenantId = await operator.createTenant();
  const older = await anApp(tenantId, { id: idAt(1), last_used_at: null, revoked_at: noon.toISOString() });
  const newer = await anApp(tenantId, { id: idAt(2), name: 'ChatGPT', host: null, approved_by: 'bob@acme.example' });

  const { out } = await operator.run('apps', 'list', tenantId);
  const { data } = await operator.json('apps', 'list', tenantId);

  const [head, first, second] = out.split('\n').map((line) => line.split(/ {2,}/));
  expect(head).toEqual(['ID', 'NAME', 'PROVEN BY', 'SCOPE', 'APPROVED BY', 'STATUS', 'EXPIRES', 'LAST USED']);
  const expires = '2027-10-01 12:00:00Z';
  expect(first).toEqual([
    newer.id,
    'ChatGPT',
    '–',
    'mcp',
    'bob@acme.example',
    'active',
    expires,
    '2026-11-22 12:00:00Z',
  ]);
  expect(second).toEqual([
    older.id,
    'Claude',
    'claude.example.com',
    'mcp',
    'ada@acme.example',
    'revoked',
    expires,
    '–',
  ]);
  const { tenant_id: _owner, first_refreshed_at: _first, ...shown } = newer;
  expect(data).toEqual([{ ...shown, status: 'active' }, expect.objectContaining({ id: older.id, status: 'revoked' })]);
});

test('a tenant without apps is said to have none', async () => {
  const tenantId = await operator.createTenant();

  expect((await operator.run('apps', 'list', tenantId)).out).toBe(`Tenant ${tenantId} has no connected apps.\n`);
});

test('a revoked app is listed as revoked; revoking it again changes nothing', async () => {
  const tenantId = await operator.createTenant();
  const { id } = await anApp(tenantId);

  const first = await operator.run('apps', 'revoke', tenantId, id);
  const ended = (await operator.json('apps', 'list', tenantId)).data;
  const second = await operator.run('apps', 'revoke', tenantId, id);

  expect(first.out).toBe(`App ${id} of ${tenantId} is revoked.\n`);
  expect(second).toMatchObject({ code: 0, out: `App ${id} of ${tenantId} had already been revoked.\n` });
  expect(ended).toMatchObject([{ id, status: 'revoked', revoked_because: 'revoked' }]);
  expect((await operator.json('apps', 'list', tenantId)).data).toEqual(ended);
  expect(await operator.audit(tenantId)).toMatchObject([
    {
      at: ended[0].revoked_at,
      action: 'app.revoked',
      target: id,
      actor: { channel: 'operator', name: 'Olga' },
      detail: { name: 'Claude', because: 'revoked' },
    },
  ]);
});

test('an app that ends by itself meanwhile keeps its own reason, and gets no second audit row', async () => {
  const tenantId = await operator.createTenant();
  const { id } = await anApp(tenantId);
  const disconnect = () =>
    connectedAppStore(operator.database).revoke(tenantId, id, noon.toISOString(), 'disconnected');
  const isUpdate = ({ input }: { input: any }) => input.Key?.sk === `APP#${id}` && 'UpdateExpression' in input;
  // The end comes between the command's reading of the app and its write.
  let other: Promise<unknown> | undefined;
  const spy = beforeFirst(isUpdate, () => (other = disconnect()));

  const view = await operator.json('apps', 'revoke', tenantId, id);
  spy.mockRestore();

  expect(await other).toBe(noon.toISOString());
  expect(view).toMatchObject({ revoked_at: noon.toISOString(), revoked_because: 'disconnected' });
  expect(await operator.audit(tenantId)).toEqual([]);
});

test('revoking an app frees its place', async () => {
  const tenantId = await operator.createTenant();
  await operator.run('limits', 'set', tenantId, 'connected_apps', '1');
  const { id } = await anApp(tenantId);
  await expect(anApp(tenantId)).rejects.toMatchObject({ code: 'limit_reached' });

  await operator.run('apps', 'revoke', tenantId, id);

  await anApp(tenantId);
});

test.each([
  ["another tenant's app", async () => (await anApp(await operator.createTenant())).id],
  ['an app that never existed', async () => idAt(3)],
  ['text that is no id', async () => 'x'.repeat(2000)],
])('%s is not found', async (_what, idOf) => {
  const { code, err } = await operator.run('apps', 'revoke', await operator.createTenant(), await idOf());

  expect(code).toBe(1);
  expect(err).toMatch(/^No such connected app\./);
});

test('a name that an app chose cannot move the cursor of the terminal', async () => {
  const tenantId = await operator.createTenant();
  await operator.run('members', 'add', tenantId, 'ada@acme.example', '--permission', 'manage_agents');
  await anApp(tenantId, { name: 'Claude\u001b[2J\u202e' });

  const { out: list } = await operator.run('apps', 'list', tenantId);
  const { out: removal } = await operator.run('members', 'remove', tenantId, 'ada@acme.example');

  for (const out of [list, removal]) expect(out).toContain('Claude\\u001b[2J\\u202e');
});
