import { memberStore } from '../../../functions/aws/tenant/members';
import { startLocalTable, type LocalTable } from '../operator';

let on: LocalTable;
beforeAll(async () => (on = await startLocalTable()));
afterAll(() => on.stop());

test('a member is added as a viewer, found whatever the case of the e-mail, and audited', async () => {
  const id = await on.tenant();

  const { code, out } = await on.local('members', 'add', id, 'Ada@Acme.example');

  expect({ code, out }).toEqual({ code: 0, out: `ada@acme.example is a member of ${id}: viewer.\n` });
  expect(await memberStore(on.database).find('ada@acme.example', id)).toMatchObject([
    { tenant_id: id, permissions: ['viewer'] },
  ]);
  expect(await on.audit(id)).toMatchObject([
    {
      action: 'member.added',
      target: 'member ada@acme.example',
      actor: { channel: 'operator', name: 'Olga' },
      detail: { permissions: 'viewer' },
    },
  ]);
});

test('whoever manages may read too', async () => {
  const id = await on.tenant();

  const added = await on.json('members', 'add', id, 'ada@acme.example', '--permission', 'manage_agents');

  expect(added.permissions).toEqual(['viewer', 'manage_agents']);
});

test('nobody is added twice, and the answer says how to change what they may do', async () => {
  const id = await on.tenant();
  await on.local('members', 'add', id, 'ada@acme.example');

  const { code, err } = await on.local('members', 'add', id, 'ada@acme.example', '--permission', 'manage_agents');

  expect(code).toBe(1);
  expect(err).toContain(`members permissions ${id} ada@acme.example manage_agents`);
});

test('permissions are changed and listed', async () => {
  const id = await on.tenant();
  await on.local('members', 'add', id, 'ada@acme.example');

  await on.json('members', 'permissions', id, 'ada@acme.example', 'manage_agents');

  const { data } = await on.json('members', 'list', id);
  expect(data).toMatchObject([
    { email: 'ada@acme.example', permissions: ['viewer', 'manage_agents'], signed_in_as: null },
  ]);
  const { out } = await on.local('members', 'list', id);
  expect(out).toMatch(/ada@acme\.example +viewer manage_agents +no/);
  expect(await on.audit(id)).toMatchObject([{}, { action: 'member.permissions_changed' }]);
});

test('a removed member is gone, and with a new membership any account may take the place', async () => {
  const id = await on.tenant();
  const members = memberStore(on.database);
  await on.local('members', 'add', id, 'ada@acme.example');
  await members.bind(id, 'ada@acme.example', { iss: 'https://id.example', sub: 'old' });

  await on.json('members', 'remove', id, 'ada@acme.example');

  expect(await members.find('ada@acme.example', id)).toEqual([]);
  await on.local('members', 'add', id, 'ada@acme.example');
  expect(await members.bind(id, 'ada@acme.example', { iss: 'https://id.example', sub: 'new' })).toBe('bound');
});

test.each([
  ['remove', ['members', 'remove']],
  ['permissions', ['members', 'permissions']],
])('members %s of somebody who is none is refused', async (command, words) => {
  const id = await on.tenant();

  const { code, err } = await on.local(
    ...words,
    id,
    'ada@acme.example',
    ...(command === 'permissions' ? ['viewer'] : []),
  );

  expect(code).toBe(1);
  expect(err).toContain('No such member');
});

test.each([
  ['no e-mail', 'ada'],
  ['letters that turn into others in lower case', '\u212Aate@acme.example'],
])('%s is called wrongly', async (_what, email) => {
  const id = await on.tenant();

  const { code, err } = await on.local('members', 'add', id, email);

  expect(code).toBe(2);
  expect(err).toContain('Must be an e-mail address in plain ASCII');
});
