import { memberStore } from '../../../functions/aws/tenant/members';
import { ulid } from 'ulid';
import { tokenStore } from '../../../functions/aws/tenant/tokens';
import { newToken, type Token } from '../../../functions/domain/tenant/token';
import { aToken, noon } from '../../support/builders';
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

describe('the tokens that a removed member issued', () => {
  const email = 'ada@acme.example';

  async function aMemberWithTokens() {
    const id = await operator.createTenant();
    const tokens = tokenStore(operator.database);
    await operator.run('members', 'add', id, email);
    const issue = async (name: string, over: Partial<Token> = {}) => {
      const token = aToken({ id: `tok_${ulid()}`, tenant_id: id, name, created_by: email, ...over });
      await tokens.put(id, newToken('pat'), token);
      return token.id;
    };
    const own = [await issue('Nightly job'), await issue('n8n')];
    await issue('Of a colleague', { created_by: 'bob@acme.example' });
    await issue('Of an earlier release', { created_by: null });
    await issue('Revoked before', { revoked_at: noon.toISOString() });
    await issue('Expired', { expires_at: '2026-11-01T00:00:00.000Z' });
    const revoked = async () =>
      (await tokens.list(id)).filter(({ name, revoked_at }) => revoked_at !== null && name !== 'Revoked before');
    return { id, own, revoked };
  }

  test('are listed with what revokes them, because they go on working', async () => {
    const { id, own, revoked } = await aMemberWithTokens();

    const { code, out } = await operator.run('members', 'remove', id, email);

    expect(code).toBe(0);
    expect(out).toBe(
      `${email} is no longer a member of ${id}.\nTokens that they issued still work:\n` +
        `  ${own[1]}  n8n\n  ${own[0]}  Nightly job\nTo end one, run: tokens revoke ${id} <token-id>\n`,
    );
    expect(await revoked()).toEqual([]);
  });

  test('are revoked with --revoke-tokens, and each has its audit row', async () => {
    const { id, own, revoked } = await aMemberWithTokens();

    const { code, out } = await operator.run('members', 'remove', id, email, '--revoke-tokens');

    expect(code).toBe(0);
    expect(out).toContain('Their tokens are revoked:');
    expect((await revoked()).map((token) => token.id).sort()).toEqual([...own].sort());
    expect((await operator.audit(id)).filter(({ action }) => action === 'token.revoked')).toHaveLength(2);
  });

  test('are known by their issuer: the operator sees who issued each token', async () => {
    const { id } = await aMemberWithTokens();
    await operator.run('tokens', 'create', id, '--kind', 'pat', '--name', 'By the operator');

    const { data } = await operator.json('tokens', 'list', id);

    expect(Object.fromEntries(data.map(({ name, created_by }: any) => [name, created_by]))).toMatchObject({
      'By the operator': 'Olga',
      'Nightly job': email,
      'Of an earlier release': null,
    });
  });
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
