import { memberStore } from '../../../functions/aws/tenant/members';
import { bindMember } from '../../../functions/edge/access/bind-member';
import { connectionBroken, isWrite, repeating } from '../../support/requests';
import { startPeople, type People } from './people';

let people: People;
beforeAll(async () => (people = await startPeople()));
afterAll(() => people.stop());

const me = (token: string, tenantId?: string, call = people.call) =>
  call('GET', '/api/v1/me', { token, headers: tenantId === undefined ? {} : { 'X-Tenant-Id': tenantId } });

describe('the first sign-in', () => {
  test('binds the account to the member, with an audit row', async () => {
    const { id } = await people.aTenant();
    const { email } = await people.aMember(id);

    await me(await people.issuer.idToken(email, { sub: 'first' }));

    expect(await people.deps.members.get(id, email)).toMatchObject({
      account: { iss: people.issuer.origin, sub: 'first' },
    });
    const { events } = await people.deps.audit.list(id, 10);
    expect(events).toMatchObject([{ action: 'member.bound', target: `member ${email}`, actor: { name: email } }]);
  });

  test('succeeds and stays bound even if its audit row cannot be written, and the missing row is logged', async () => {
    const { id } = await people.aTenant();
    const { email } = await people.aMember(id);
    const append = jest.spyOn(people.deps.audit, 'append').mockRejectedValueOnce(connectionBroken());

    const answer = await me(await people.issuer.idToken(email, { sub: 'first' }), undefined, people.coldStart());
    append.mockRestore();

    expect(answer.status).toBe(200);
    expect(await people.deps.members.get(id, email)).toMatchObject({ account: { sub: 'first' } });
    expect((await people.deps.audit.list(id, 10)).events).toEqual([]);
    expect(people.logged.filter(({ event }) => event === 'audit_missing')).toEqual([
      expect.objectContaining({
        action: 'member.bound',
        tenant: id,
        target: `member ${email}`,
        by: `dashboard ${email}`,
      }),
    ]);
  });

  test('leaves one audit row even if the SDK retries the write that binds the account', async () => {
    const { id } = await people.aTenant();
    const { email } = await people.aMember(id);
    const members = memberStore(repeating(people.table, isWrite));
    const bind = bindMember({ ...people.deps, members });

    const account = { iss: people.issuer.origin, sub: 'first' };
    const member = (await members.get(id, email))!;
    expect(await bind(member, account, 'request-1')).toBe('bound');
    expect(await bind(member, account, 'request-2')).toBe('was_bound');

    const { events } = await people.deps.audit.list(id, 10);
    expect(events).toMatchObject([{ action: 'member.bound', request_id: 'request-1' }]);
  });

  test('refuses another account that later has the same e-mail address', async () => {
    const { id } = await people.aTenant();
    const { email } = await people.aMember(id);
    await me(await people.issuer.idToken(email, { sub: 'first' }));

    const successor = await people.issuer.idToken(email, { sub: 'second' });

    expect((await me(successor)).status).toBe(401);
    expect((await me(successor, id)).status).toBe(401);
    expect((await me(await people.issuer.idToken(email, { sub: 'first' }))).status).toBe(200);
  });

  test('of two concurrent accounts binds one, and keeps it', async () => {
    const { id } = await people.aTenant();
    const { email } = await people.aMember(id);
    const tokens = await Promise.all(['a', 'b'].map((sub) => people.issuer.idToken(email, { sub })));

    const answers = await Promise.all([...tokens, ...tokens].map((token) => me(token, undefined, people.coldStart())));

    const statuses = answers.map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 200, 401, 401]);
    expect(statuses.slice(0, 2)).toEqual(statuses.slice(2));
    const { events } = await people.deps.audit.list(id, 10);
    expect(events.map(({ action }) => action)).toEqual(['member.bound']);
  });
});

describe('a member of several tenants', () => {
  const email = 'consultant@acme.example';
  let first: string;
  let second: string;
  let token: string;
  beforeAll(async () => {
    first = (await people.aTenant({ name: 'First', plan: 'growth' })).id;
    second = (await people.aTenant({ name: 'Second' })).id;
    await people.aMember(first, 'viewer', email);
    await people.aMember(second, 'manage_agents', email);
    token = await people.issuer.idToken(email);
  });

  test('gets the list of them from `me`', async () => {
    const { body } = await me(token);

    expect(body.tenants).toEqual([
      { id: first, name: 'First' },
      { id: second, name: 'Second' },
    ]);
    expect(body.tenant.id).toBe(first);
  });

  test('has in each tenant the permissions given there', async () => {
    expect((await me(token, first)).body).toMatchObject({
      tenant: { id: first, plan: 'growth' },
      principal: { permissions: ['viewer'] },
    });
    expect((await me(token, second)).body).toMatchObject({
      tenant: { id: second },
      principal: { permissions: ['viewer', 'manage_agents'] },
      tenants: [{ id: first }, { id: second }],
    });
  });

  test('must select one before any other request is answered', async () => {
    const { status, body } = await people.call('GET', '/api/v1/usage', { token });

    expect(status).toBe(422);
    expect(body).toMatchObject({
      code: 'invalid_request',
      errors: [
        { header: 'X-Tenant-Id', code: 'tenant_required', detail: expect.stringContaining(`${first}, ${second}`) },
      ],
    });
    expect((await people.call('GET', '/api/v1/usage', { token, headers: { 'x-tenant-id': first } })).status).toBe(200);
  });

  test('that is selected twice in one request is none, even if both are the same', async () => {
    const refusal = {
      code: 'invalid_request',
      errors: [{ header: 'X-Tenant-Id', code: 'repeated', detail: 'Send this header once, with one tenant.' }],
    };
    for (const both of [`${first},${first}`, `${first}, ${second}`]) {
      const { status, body } = await me(token, both);
      expect({ status, body }).toMatchObject({ status: 422, body: refusal });
    }
    expect((await me(`${token}x`, `${first},${first}`)).status).toBe(401);
  });

  test.each([
    ["another's", async () => (await people.aTenant()).id],
    ['one that does not exist', () => 'no-such-tenant'],
    ['no tenant at all', () => `${first}#RUN`],
    ['nothing', () => ''],
  ])('gets the same 401 for %s', async (_what, tenantId) => {
    const refused = await me(token, await tenantId());

    expect(refused.status).toBe(401);
    expect(refused.body.code).toBe('unauthenticated');
  });

  test('keeps the other memberships if one is bound to another account', async () => {
    const third = (await people.aTenant({ name: 'Third' })).id;
    await people.aMember(third, 'viewer', email);
    await people.deps.members.bind(third, email, { iss: people.issuer.origin, sub: 'somebody else' });

    const { body } = await me(token, undefined, people.coldStart());

    expect(body.tenants.map(({ id }: { id: string }) => id)).toEqual([first, second]);
    expect((await me(token, third, people.coldStart())).status).toBe(401);
  });
});

describe('a change of membership', () => {
  test('takes effect within ten seconds, for permissions and for the membership itself', async () => {
    const { id } = await people.aTenant();
    const member = await people.aMember(id);
    const token = await people.issuer.idToken(member.email);
    expect((await me(token)).body.principal.permissions).toEqual(['viewer', 'manage_agents']);

    await people.deps.members.setPermissions(id, member.email, ['viewer']);
    people.clock.advance(10);
    const asViewer = await me(token);
    await people.deps.members.remove(id, member.email);
    people.clock.advance(10);
    const gone = await me(token);

    expect(asViewer.body.principal.permissions).toEqual(['viewer']);
    expect(gone.status).toBe(401);
  });

  test('does not concern access tokens, whose tenant X-Tenant-Id cannot change', async () => {
    const { id, token } = await people.aTenant();
    const { id: other } = await people.aTenant();

    expect((await me(token, other)).body).toMatchObject({ tenant: { id }, tenants: [{ id }] });
  });
});

test('an MCP token is not accepted by the REST API', async () => {
  const { id } = await people.aTenant();
  const mcp = await people.aToken(id, { kind: 'mcp', scopes: ['mcp'] });

  expect((await me(mcp)).status).toBe(401);
});

test('a run that a member starts has their name and the dashboard channel', async () => {
  const { id } = await people.aTenant({ plan: 'growth' });
  const { email } = await people.aMember(id);
  const workflow = await people.aWorkflow(id);

  const { status, body } = await people.call('POST', `/api/v1/workflows/${workflow.id}/runs`, {
    token: await people.issuer.idToken(email),
  });

  expect(status).toBe(202);
  expect(body.triggered_by).toEqual({ channel: 'dashboard', name: email });
});
