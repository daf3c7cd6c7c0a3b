import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { memberStore } from '../../functions/aws/tenant/members';
import { startConnect, type Connect } from './connect';

let connect: Connect;

beforeAll(async () => {
  connect = await startConnect();
});
afterAll(() => connect.stop());

const appOf = async (tenantId: string) => (await connect.rest.deps.connectedApps.list(tenantId))[0]!;
const actionsOf = async (tenantId: string) =>
  (await connect.rest.deps.audit.list(tenantId, 100)).events.map(({ action }) => action);

test('a refresh gives new tokens, is audited the first time, and another function instance can answer it', async () => {
  const person = await connect.aPerson();
  const { clientId, refreshToken } = await connect.connected(person);
  const elsewhere = connect.coldStart();
  const form = new URLSearchParams({ grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken });

  const first = await elsewhere('POST', '/oauth/token', {
    rawBody: form.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const second = await connect.refresh(clientId, first.body.refresh_token);

  expect([first.status, second.status]).toEqual([200, 200]);
  expect(new Set([refreshToken, first.body.refresh_token, second.body.refresh_token]).size).toBe(3);
  expect((await connect.callMcp(second.body.access_token)).status).toBe(200);
  expect((await actionsOf(person.tenantId)).filter((action) => action === 'app.refreshed')).toHaveLength(1);
});

test('a refresh token that is used again ends the app: one of the two uses was a thief’s (RFC 9700, section 4.14.2)', async () => {
  const person = await connect.aPerson();
  const { clientId, refreshToken } = await connect.connected(person);
  const rotated = await connect.refresh(clientId, refreshToken);

  const replayed = await connect.refresh(clientId, refreshToken);

  expect([replayed.status, replayed.body.error]).toEqual([400, 'invalid_grant']);
  expect((await connect.refresh(clientId, rotated.body.refresh_token)).body.error).toBe('invalid_grant');
  connect.passCache();
  expect((await connect.callMcp(rotated.body.access_token)).status).toBe(401);
  expect(await appOf(person.tenantId)).toMatchObject({ revoked_because: 'reuse_detected' });
  expect(await actionsOf(person.tenantId)).toContain('app.reuse_detected');
});

test('a refresh token is of no use to another app', async () => {
  const { refreshToken } = await connect.connected(await connect.aPerson());
  const other = await connect.register({ client_name: 'Other' });

  expect((await connect.refresh(other, refreshToken)).body.error).toBe('invalid_grant');
});

test('an access token works for an hour', async () => {
  const { accessToken } = await connect.connected(await connect.aPerson());
  connect.clock.advance(3_590);
  expect((await connect.callMcp(accessToken)).status).toBe(200);

  connect.clock.advance(11);

  expect((await connect.callMcp(accessToken)).status).toBe(401);
});

test('revoking the app in the dashboard ends its tokens within ten seconds', async () => {
  const person = await connect.aPerson();
  const { clientId, accessToken, refreshToken } = await connect.connected(person);
  expect((await connect.callMcp(accessToken)).status).toBe(200);
  const { id } = await appOf(person.tenantId);

  const revoked = await connect.rest.call('DELETE', `/api/v1/connected-apps/${id}`, { token: person.idToken });

  expect(revoked.status).toBe(204);
  connect.clock.advance(10);
  expect((await connect.callMcp(accessToken)).status).toBe(401);
  expect((await connect.refresh(clientId, refreshToken)).body.error).toBe('invalid_grant');
});

test('an app whose approver was removed gets no more tokens, also if the removal missed it', async () => {
  const person = await connect.aPerson();
  const { clientId, refreshToken } = await connect.connected(person);
  await memberStore(connect.rest.table).remove(person.tenantId, person.email);

  const { body } = await connect.refresh(clientId, refreshToken);

  expect(body.error).toBe('invalid_grant');
  expect(await appOf(person.tenantId)).toMatchObject({ revoked_because: 'member_removed' });
});

test('an app whose approver became a viewer gets no more tokens', async () => {
  const person = await connect.aPerson();
  const { clientId, refreshToken } = await connect.connected(person);
  await memberStore(connect.rest.table).setPermissions(person.tenantId, person.email, ['viewer']);

  expect((await connect.refresh(clientId, refreshToken)).body.error).toBe('invalid_grant');
});

const revoke = (clientId: string, token: string) =>
  connect.send('POST', '/oauth/revoke', {
    rawBody: new URLSearchParams({ client_id: clientId, token }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

test('an app ends itself by revoking its refresh token (RFC 7009), and twice is once', async () => {
  const person = await connect.aPerson();
  const { clientId, accessToken, refreshToken } = await connect.connected(person);

  const answers = [await revoke(clientId, refreshToken), await revoke(clientId, refreshToken)];

  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  connect.passCache();
  expect((await connect.callMcp(accessToken)).status).toBe(401);
  expect(await appOf(person.tenantId)).toMatchObject({ revoked_because: 'disconnected' });
  expect((await actionsOf(person.tenantId)).filter((action) => action === 'app.revoked')).toHaveLength(1);
});

test('an app that revokes its access token ends that one only', async () => {
  const person = await connect.aPerson();
  const { clientId, accessToken, refreshToken } = await connect.connected(person);

  expect((await revoke(clientId, accessToken)).status).toBe(200);

  connect.passCache();
  expect((await connect.callMcp(accessToken)).status).toBe(401);
  expect((await connect.refresh(clientId, refreshToken)).status).toBe(200);
});

test('nobody revokes the token of another app', async () => {
  const { accessToken, refreshToken } = await connect.connected(await connect.aPerson());
  const other = await connect.register({ client_name: 'Other' });

  for (const token of [accessToken, refreshToken, 'cwf_mcp_made-up']) await revoke(other, token);

  connect.passCache();
  expect((await connect.callMcp(accessToken)).status).toBe(200);
});

test('the apps of a tenant ask for tokens no more often than its limit', async () => {
  const { id } = await connect.rest.aTenant({ plan: 'pro', limits: { app_tokens_per_hour: 2 } });
  const { clientId, refreshToken } = await connect.connected(await connect.aPerson('manage_agents', id));
  const second = await connect.refresh(clientId, refreshToken);

  const third = await connect.refresh(clientId, second.body.refresh_token);

  expect([third.status, third.body.error]).toEqual([429, 'temporarily_unavailable']);
  expect(third.body.error_description).toContain('UTC');
  connect.clock.advance(3_600);
  expect((await connect.refresh(clientId, second.body.refresh_token)).status).toBe(200);
});

test('no secret is stored as it is', async () => {
  const person = await connect.aPerson();
  const waiting = await connect.ask(await connect.register());
  const { code, accessToken, refreshToken } = await connect.connected(person);

  const { Items } = await connect.rest.table.client.send(new ScanCommand({ TableName: connect.rest.table.tableName }));

  const stored = JSON.stringify(Items);
  for (const secret of [code, accessToken, refreshToken, waiting.verifier]) {
    expect(secret.length).toBeGreaterThan(30);
    expect(stored.includes(secret)).toBe(false);
  }
});

test.each([
  [{}, 'invalid_request'],
  [{ grant_type: 'client_credentials' }, 'unsupported_grant_type'],
  [{ grant_type: 'password', username: 'a', password: 'b' }, 'unsupported_grant_type'],
  [{ grant_type: 'authorization_code' }, 'invalid_request'],
  [{ grant_type: 'authorization_code', code: 'x', redirect_uri: 'x', code_verifier: 'x' }, 'invalid_grant'],
  [{ grant_type: 'refresh_token', refresh_token: 'x'.repeat(5_000) }, 'invalid_grant'],
])('a request for tokens like %j is refused as RFC 6749 says', async (form, error) => {
  const answer = await connect.token({ client_id: await connect.register(), ...form });

  expect([answer.status, answer.body.error]).toEqual([400, error]);
});

test.each([
  ['unknown', 'nobody'],
  ['forged', 'cwf_client_AAAAAAAAAAAAAAAAAAAAAItWSs5IzEvOV7JSys1MUSpKBQA'],
])('an %s client is told to register again (Claude does at this answer)', async (_what, client_id) => {
  connect.rest.logged.length = 0;

  const answer = await connect.token({ client_id, grant_type: 'refresh_token', refresh_token: 'x' });

  expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client']);
  expect(connect.rest.logged).toMatchObject([{ event: 'request_refused', code: 'http_401', operation: 'oauth' }]);
});
