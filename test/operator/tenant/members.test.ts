import { connectedAppStore } from '../../../functions/aws/tenant/connected-apps';
import { memberStore } from '../../../functions/aws/tenant/members';
import { ulid } from 'ulid';
import { placeStore } from '../../../functions/aws/tenant/places';
import { tokenStore } from '../../../functions/aws/tenant/tokens';
import type { ConnectedApp } from '../../../functions/domain/tenant/connected-app';
import { newToken, type Token } from '../../../functions/domain/tenant/token';
import { aConnectedApp, aToken, noon } from '../../support/builders';
import { beforeFirst, breakingEveryClient } from '../../support/requests';
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
    let issued = 0;
    const issue = async (name: string, over: Partial<Token> = {}) => {
      issued += 1;
      const token = aToken({
        id: `tok_${ulid(noon.getTime() + issued)}`,
        tenant_id: id,
        name,
        created_by: email,
        ...over,
      });
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
        `  ${own[1]}  n8n\n  ${own[0]}  Nightly job\nTo end one, run: tokens revoke ${id} <token-id>\n` +
        `To end all, run: members remove ${id} ${email} --revoke\n`,
    );
    expect(await revoked()).toEqual([]);
    expect(await operator.run('members', 'remove', id, email)).toMatchObject({ code: 0, out });
  });

  test('are revoked with --revoke, and each has its audit row', async () => {
    const { id, own, revoked } = await aMemberWithTokens();

    const { code, out } = await operator.run('members', 'remove', id, email, '--revoke');

    expect(code).toBe(0);
    expect(out).toContain('Their tokens are revoked:');
    expect((await revoked()).map((token) => token.id).sort()).toEqual([...own].sort());
    expect((await operator.audit(id)).filter(({ action }) => action === 'token.revoked')).toHaveLength(2);
  });

  test('are revoked by the command that the list of them names, although the member is gone by then', async () => {
    const { id, own, revoked } = await aMemberWithTokens();
    await operator.run('members', 'remove', id, email);

    const again = await operator.json('members', 'remove', id, email, '--revoke');

    expect(again).toEqual({
      tenant_id: id,
      email,
      removed: true,
      revoked_apps: [],
      revoked_tokens: [own[1], own[0]],
      working_tokens: [],
    });
    expect(await revoked()).toHaveLength(2);
    expect((await operator.run('members', 'remove', id, email, '--revoke')).err).toContain('No such member');
    expect((await operator.audit(id)).filter(({ action }) => action === 'member.removed')).toHaveLength(1);
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

describe('the apps that a member approved', () => {
  const email = 'ada@acme.example';
  const apps = () => connectedAppStore(operator.database);

  async function aMemberWithApps() {
    const id = await operator.createTenant();
    await operator.run('members', 'add', id, email, '--permission', 'manage_agents');
    const approve = async (name: string, over: Partial<ConnectedApp> = {}) => {
      const app = aConnectedApp({ tenant_id: id, name, approved_by: email, ...over });
      await placeStore(operator.database).take(id, 'connected_apps', app.id, noon);
      await apps().put(app);
      return app.id;
    };
    const own = [await approve('Claude'), await approve('ChatGPT')];
    await approve('Of a colleague', { approved_by: 'bob@acme.example' });
    await approve('Expired', { expires_at: '2026-11-01T00:00:00.000Z' });
    await approve('Disconnected', { revoked_at: noon.toISOString(), revoked_because: 'disconnected' });
    const ended = async () =>
      (await apps().list(id))
        .filter(({ revoked_because }) => revoked_because === 'member_removed')
        .map((app) => app.id);
    const audited = async () => (await operator.audit(id)).filter(({ action }) => action.startsWith('app.'));
    return { id, own, approve, ended, audited };
  }

  test('are revoked when the member is removed, named, and audited, and their places are free', async () => {
    const { id, own, approve, ended, audited } = await aMemberWithApps();

    const { code, out } = await operator.run('members', 'remove', id, email);

    expect(code).toBe(0);
    expect(out).toMatch(/^ada@acme\.example is no longer a member of .+\.\nApps that they approved are revoked:\n/);
    for (const [index, name] of ['Claude', 'ChatGPT'].entries()) expect(out).toContain(`  ${own[index]}  ${name}\n`);
    expect(out).not.toMatch(/colleague|Expired|Disconnected/);
    expect((await ended()).sort()).toEqual([...own].sort());
    const rows = await audited();
    expect(rows.map(({ target }) => target).sort()).toEqual([...own].sort());
    expect(rows).toMatchObject(
      rows.map(() => ({ action: 'app.revoked', actor: { name: 'Olga' }, detail: { because: 'member_removed' } })),
    );
    await operator.run('limits', 'set', id, 'connected_apps', '4');
    await approve('In the place of a revoked one');
    await expect(approve('One too many')).rejects.toMatchObject({ code: 'limit_reached' });
  });

  test('are revoked even if they were approved while the member was being removed', async () => {
    const { id, own, approve, ended } = await aMemberWithApps();
    let late = '';
    const isRemoval = ({ input }: { input: any }) =>
      input.Key?.sk === `MEMBER#${email}` && 'ConditionExpression' in input;
    const spy = beforeFirst(isRemoval, async () => (late = await approve('At the last moment')));

    const { revoked_apps: revoked } = await operator.json('members', 'remove', id, email);
    spy.mockRestore();

    expect(late).toMatch(/^app_/);
    expect(revoked.sort()).toEqual([...own, late].sort());
    expect((await ended()).sort()).toEqual([...own, late].sort());
  });

  test('are revoked by a second call if the first one was interrupted after the member was removed', async () => {
    const { id, own, ended, audited } = await aMemberWithApps();
    const broken = breakingEveryClient(({ input }) => input.Key?.sk === `APP#${own[0]}`);
    const first = await operator.run('members', 'remove', id, email);
    broken.mockRestore();
    expect([first.code, (await ended()).includes(own[0]!)]).toEqual([1, false]);

    const second = await operator.run('members', 'remove', id, email);

    expect(second.code).toBe(0);
    expect(second.out).toContain(own[0]);
    expect((await ended()).sort()).toEqual([...own].sort());
    expect(await audited()).toHaveLength(2);
    expect((await operator.run('members', 'remove', id, email)).err).toContain('No such member');
  });

  test('are revoked and named when the member may no longer manage agents', async () => {
    const { id, own, ended, audited } = await aMemberWithApps();

    const { code, out } = await operator.run('members', 'permissions', id, email, 'viewer');

    expect(code).toBe(0);
    expect(out).toMatch(
      /^ada@acme\.example now has these permissions in .+: viewer\.\nApps that they approved are revoked:\n/,
    );
    for (const app of own) expect(out).toContain(`  ${app}  `);
    expect((await ended()).sort()).toEqual([...own].sort());
    expect(await audited()).toHaveLength(2);
    const again = await operator.json('members', 'permissions', id, email, 'viewer');
    expect(again).toEqual({ tenant_id: id, email, permissions: ['viewer'], revoked_apps: [] });
  });

  test('go on working while the member may manage agents', async () => {
    const { id, ended } = await aMemberWithApps();

    const { out } = await operator.run('members', 'permissions', id, email, 'manage_agents');

    expect(out).not.toContain('Apps');
    expect(await ended()).toEqual([]);
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
