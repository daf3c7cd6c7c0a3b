import { memberStore } from '../../../functions/aws/tenant/members';
import { noon } from '../../support/builders';
import { startLocalOperator, type LocalOperator } from '../operator';

let operator: LocalOperator;
beforeAll(async () => (operator = await startLocalOperator()));
afterAll(() => operator.stop());

test('a member is added as a viewer, found whatever the case of the e-mail, and audited', async () => {
  const id = await operator.createTenant();

  const { code, out } = await operator.run('members', 'add', id, 'Ada@Acme.example');

  expect({ code, out }).toEqual({ code: 0, out: `ada@acme.example is a member of ${id}: viewer.\n` });
  expect(await memberStore(operator.database).find('ada@acme.example', id)).toMatchObject([
    { tenant_id: id, permissions: ['viewer'] },
  ]);
  expect(await operator.audit(id)).toMatchObject([
    {
      action: 'member.added',
      target: 'member ada@acme.example',
      actor: { channel: 'operator', name: 'Olga' },
      detail: { permissions: 'viewer' },
    },
  ]);
});

test('a member who may manage may read too', async () => {
  const id = await operator.createTenant();

  const added = await operator.json('members', 'add', id, 'ada@acme.example', '--permission', 'manage_agents');

  expect(added.permissions).toEqual(['viewer', 'manage_agents']);
});

test('a member cannot be added twice, and the error says how to change their permissions', async () => {
  const id = await operator.createTenant();
  await operator.run('members', 'add', id, 'ada@acme.example');

  const { code, err } = await operator.run('members', 'add', id, 'ada@acme.example', '--permission', 'manage_agents');

  expect(code).toBe(1);
  expect(err).toContain(`members permissions ${id} ada@acme.example manage_agents`);
});

test('permissions are changed and listed', async () => {
  const id = await operator.createTenant();
  await operator.run('members', 'add', id, 'ada@acme.example');

  await operator.json('members', 'permissions', id, 'ada@acme.example', 'manage_agents');

  const { data } = await operator.json('members', 'list', id);
  expect(data).toMatchObject([
    { email: 'ada@acme.example', permissions: ['viewer', 'manage_agents'], signed_in_as: null },
  ]);
  const { out } = await operator.run('members', 'list', id);
  expect(out).toMatch(/ada@acme\.example +viewer manage_agents +no/);
  expect(await operator.audit(id)).toMatchObject([{}, { action: 'member.permissions_changed' }]);
});

test('after a member was removed and added again, another account may sign in as that member', async () => {
  const id = await operator.createTenant();
  const members = memberStore(operator.database);
  await operator.run('members', 'add', id, 'ada@acme.example');
  await members.bind(id, 'ada@acme.example', { iss: 'https://id.example', sub: 'old' });

  await operator.json('members', 'remove', id, 'ada@acme.example');

  expect(await members.find('ada@acme.example', id)).toEqual([]);
  await operator.run('members', 'add', id, 'ada@acme.example');
  expect(await members.bind(id, 'ada@acme.example', { iss: 'https://id.example', sub: 'new' })).toBe('bound');
});

test.each([
  ['remove', ['members', 'remove']],
  ['permissions', ['members', 'permissions']],
])('members %s is refused for somebody who is not a member', async (command, words) => {
  const id = await operator.createTenant();

  const { code, err } = await operator.run(
    ...words,
    id,
    'ada@acme.example',
    ...(command === 'permissions' ? ['viewer'] : []),
  );

  expect(code).toBe(1);
  expect(err).toContain('No such member');
});

test.each([
  ['no e-mail address', 'ada'],
  ['letters that lower case turns into other letters', '\u212Aate@acme.example'],
])('adding a member with %s is wrong usage', async (_what, email) => {
  const id = await operator.createTenant();

  const { code, err } = await operator.run('members', 'add', id, email);

  expect(code).toBe(2);
  expect(err).toContain('Must be an e-mail address in plain ASCII');
});

test('a tenant has at most its limit of members, which the operator can raise', async () => {
  const id = await operator.createTenant();
  await memberStore(operator.database).add({
    tenant_id: id,
    email: 'of-an-earlier-release@acme.example',
    permissions: ['viewer'],
    created_at: noon.toISOString(),
  });
  await operator.run('limits', 'set', id, 'members', '2');
  await operator.run('members', 'add', id, 'ada@acme.example');

  const { code, err } = await operator.run('members', 'add', id, 'bob@acme.example');
  expect(code).toBe(1);
  expect(err).toContain('This tenant has reached its limit `members` of 2 members. Remove one first.');

  await operator.run('members', 'remove', id, 'ada@acme.example');
  expect((await operator.run('members', 'add', id, 'bob@acme.example')).code).toBe(0);
  expect((await operator.run('members', 'add', id, 'eve@acme.example')).code).toBe(1);
  await operator.run('limits', 'set', id, 'members', '3');
  expect((await operator.run('members', 'add', id, 'eve@acme.example')).code).toBe(0);
});
