import { memberStore } from '../../functions/aws/tenant/members';
import { interceptDatabase } from '../support/requests';
import { startConnect, type Connect } from './connect';

let connect: Connect;
/** Called before each write of a connected app. */
let beforeAppIsPut: () => Promise<void>;

beforeAll(async () => {
  connect = await startConnect({
    wrapTable: (table) =>
      interceptDatabase(table, async ({ constructor: { name }, input }, send) => {
        const sent = await send();
        if (name === 'PutCommand' && String(input.Item.sk).startsWith('APP#')) await beforeAppIsPut();
        return sent;
      }),
  });
});
beforeEach(() => (beforeAppIsPut = () => Promise.resolve()));
afterAll(() => connect.stop());

const appsOf = async (tenantId: string) => connect.rest.deps.connectedApps.list(tenantId);

test('an approval is listed with who approved what, until when, and audited', async () => {
  const person = await connect.aPerson();
  const { accessToken } = await connect.connected(person, { decision: { decision: 'approve', expires_in_days: 7 } });
  connect.clock.advance(60);
  await connect.callMcp(accessToken);

  const listed = await connect.rest.call('GET', '/api/v1/connected-apps', { token: person.idToken });
  const audited = await connect.rest.call('GET', '/api/v1/audit-events', { token: person.idToken });

  expect(listed.body.data).toEqual([
    expect.objectContaining({
      id: expect.stringMatching(/^app_/),
      name: 'Claude',
      host: null,
      redirect_host: 'app.example',
      approved_by: person.email,
      status: 'active',
    }),
  ]);
  const [{ created_at, expires_at, last_used_at }] = listed.body.data;
  expect(Date.parse(expires_at) - Date.parse(created_at)).toBe(7 * 86_400_000);
  expect(last_used_at).not.toBeNull();
  expect(audited.body.data).toContainEqual(
    expect.objectContaining({
      action: 'app.approved',
      actor: { channel: 'dashboard', name: person.email },
      detail: expect.objectContaining({ name: 'Claude', host: null }),
    }),
  );
});

test('a viewer may look and deny, and cannot approve', async () => {
  const viewer = await connect.aPerson('viewer');
  const asked = await connect.ask(await connect.register());

  const approved = await connect.decide(asked, viewer.idToken);
  const denied = await connect.decide(asked, viewer.idToken, { decision: 'deny' });
  const back = await connect.goOn(asked, denied);

  expect([approved.status, approved.body.code]).toEqual([403, 'permission_required']);
  expect(Object.fromEntries(back)).toMatchObject({ error: 'access_denied', iss: 'https://workflows.acme.example' });
  expect(await appsOf(viewer.tenantId)).toEqual([]);
});

test('on a plan without MCP the approval names the plan that has it', async () => {
  const { id } = await connect.rest.aTenant({ plan: 'starter' });
  const person = await connect.aPerson('manage_agents', id);
  const asked = await connect.ask(await connect.register());

  const answer = await connect.decide(asked, person.idToken);

  expect([answer.status, answer.body.code]).toEqual([403, 'plan_required']);
  expect(answer.body.detail).toContain('Growth');
});

test('no cookie decides: without the header of the page, a request that any site can send is refused', async () => {
  const asked = await connect.ask(await connect.register());
  const path = `/oauth/interaction/${asked.uid}/decision`;
  const { cookies } = asked;

  const withoutToken = await connect.send('POST', path, { body: { decision: 'approve' }, cookies });
  const asForm = await connect.send('POST', path, {
    rawBody: 'decision=approve',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    cookies,
  });
  const byToken = await connect.send('POST', path, {
    body: { decision: 'approve' },
    token: (await connect.rest.aTenant({ plan: 'pro' })).token,
    cookies,
  });

  expect([withoutToken.status, asForm.status, byToken.status]).toEqual([401, 401, 403]);
});

test('other origins may call what answers apps, and not what people decide on', async () => {
  const asked = await connect.ask(await connect.register());
  const preflight = (path: string) =>
    connect.send('OPTIONS', path, {
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });

  expect((await preflight('/oauth/token')).headers['access-control-allow-origin']).toBe('*');
  expect((await preflight('/oauth/register')).headers['access-control-allow-origin']).toBe('*');
  for (const path of [`/oauth/interaction/${asked.uid}/decision`, '/oauth/authorize']) {
    expect((await preflight(path)).headers['access-control-allow-origin']).toBeUndefined();
  }
});

test('a request that was begun in another browser cannot be approved', async () => {
  const person = await connect.aPerson();
  const [mine, others] = [await connect.ask(await connect.register()), await connect.ask(await connect.register())];

  for (const cookies of [[], others.cookies]) {
    expect((await connect.decide(mine, person.idToken, { decision: 'approve' }, cookies)).status).toBe(404);
  }
  expect(await appsOf(person.tenantId)).toEqual([]);
});

test('an approval goes on only in the browser that asked', async () => {
  const person = await connect.aPerson();
  const asked = await connect.ask(await connect.register());
  const { body } = await connect.decide(asked, person.idToken);

  const elsewhere = await connect.send('GET', new URL(body.location).pathname);

  expect(elsewhere.status).toBe(400);
  expect(elsewhere.headers['location']).toBeUndefined();
  // It was approved, so the page claims only what is true.
  expect(elsewhere.body).toContain('It got no access.');
  expect(elsewhere.body).toContain(`Request ${elsewhere.headers['x-request-id']}`);
});

test('the page for errors that cannot go back to an app shows what the app sent as text, and runs nothing', async () => {
  const { answer } = await connect.ask('<script>alert(1)</script>', { redirect_uri: 'https://evil.example/"><b>' });

  expect(answer.status).toBe(400);
  expect(answer.body).not.toMatch(/<script|<b>|evil/);
  expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^' ]+'; /);
  expect(answer.headers['content-security-policy']).not.toContain('unsafe');
});

test('a request is decided once', async () => {
  const person = await connect.aPerson();
  const asked = await connect.ask(await connect.register());

  const answers = await Promise.all([
    connect.decide(asked, person.idToken),
    connect.decide(asked, person.idToken),
    connect.decide(asked, person.idToken, { decision: 'deny' }),
  ]);
  const later = await connect.decide(asked, person.idToken);

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
  expect(later.status).toBe(404);
  expect((await appsOf(person.tenantId)).length).toBeLessThanOrEqual(1);
});

test('a request can be decided for ten minutes', async () => {
  const person = await connect.aPerson();
  const asked = await connect.ask(await connect.register());
  connect.clock.advance(601);

  expect((await connect.decide(asked, person.idToken)).status).toBe(404);
});

test('what a person may approve is judged after the approval was written, so that a removal beside it misses nothing', async () => {
  const person = await connect.aPerson();
  const asked = await connect.ask(await connect.register());
  beforeAppIsPut = async () => {
    await memberStore(connect.rest.table).remove(person.tenantId, person.email);
  };

  const answer = await connect.decide(asked, person.idToken);

  expect([answer.status, answer.body.code]).toEqual([403, 'permission_required']);
  expect(await appsOf(person.tenantId)).toMatchObject([{ revoked_because: 'member_removed' }]);
});

test('a tenant has no more connected apps than its limit, which the refusal names', async () => {
  const { id } = await connect.rest.aTenant({ plan: 'pro', limits: { connected_apps: 1 } });
  const person = await connect.aPerson('manage_agents', id);
  const first = await connect.connected(person);

  const asked = await connect.ask(first.clientId);
  const refused = await connect.decide(asked, person.idToken);
  const [app] = await appsOf(id);
  await connect.rest.call('DELETE', `/api/v1/connected-apps/${app!.id}`, { token: person.idToken });
  const accepted = await connect.decide(asked, person.idToken);

  expect([refused.status, refused.body.code]).toEqual([409, 'limit_reached']);
  expect(refused.body.detail).toContain('connected_apps');
  expect(accepted.status).toBe(200);
});

test.each([
  [{ decision: 'approve', expires_in_days: 366 }, '#/expires_in_days'],
  [{ decision: 'approve', expires_in_days: 0 }, '#/expires_in_days'],
  [{ decision: 'maybe' }, '#/decision'],
  [{}, '#/decision'],
])('a decision like %j is refused at its place', async (decision, pointer) => {
  const person = await connect.aPerson();
  const asked = await connect.ask(await connect.register());

  const { status, body } = await connect.decide(asked, person.idToken, decision);

  expect([status, body.errors[0].pointer]).toEqual([422, pointer]);
});
