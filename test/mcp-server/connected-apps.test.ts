import { ulid } from 'ulid';
import { requestCountKey, tokenKey } from '../../functions/aws/keys';
import { addSeconds } from '../../functions/domain/day';
import type { ConnectedApp } from '../../functions/domain/tenant/connected-app';
import { rateWindow } from '../../functions/domain/tenant/request-rate';
import { hashToken, newToken, type Token } from '../../functions/domain/tenant/token';
import { aConnectedApp, aToken, noon } from '../support/builders';
import { rowAt } from '../support/table';
import { startMcp, type Mcp } from './mcp';

let mcp: Mcp;
beforeAll(async () => (mcp = await startMcp()));
afterAll(() => mcp.stop());
beforeEach(() => mcp.rest.clock.set(noon));

interface AppOfTenant {
  readonly tenantId: string;
  readonly app: ConnectedApp;
}

async function anApp(overrides: Partial<ConnectedApp> = {}): Promise<AppOfTenant> {
  const { id: tenantId } = await mcp.aTenant();
  const app = aConnectedApp({ tenant_id: tenantId, ...overrides });
  await mcp.rest.deps.connectedApps.put(app);
  return { tenantId, app };
}

/** Stores an access token as the authorization server does when the app asks for one. */
async function anAccessToken({ tenantId, app }: AppOfTenant, overrides: Partial<Token> = {}): Promise<string> {
  const text = newToken('mcp');
  const now = mcp.rest.clock.now();
  await mcp.rest.deps.tokens.putForApp(
    text,
    aToken({
      id: `tok_${ulid()}`,
      tenant_id: tenantId,
      kind: 'mcp',
      name: app.name,
      scopes: ['mcp'],
      created_at: now.toISOString(),
      expires_at: addSeconds(now, 3600).toISOString(),
      created_by: app.approved_by,
      app_id: app.id,
      ...overrides,
    }),
  );
  return text;
}

const statusOf = async (token: string) => (await mcp.request('2026-07-28', token, 'tools/list')).status;
const disconnect = ({ tenantId, app }: AppOfTenant) =>
  mcp.rest.call('DELETE', `/api/v1/connected-apps/${app.id}`, { token: mcp.rest.aMember(tenantId) });
const readApp = async ({ tenantId, app }: AppOfTenant) => (await mcp.rest.deps.connectedApps.get(tenantId, app.id))!;

test('all tokens of an app stop working within ten seconds of its end', async () => {
  const connected = await anApp();
  const tokens = [await anAccessToken(connected), await anAccessToken(connected)];
  expect(await Promise.all(tokens.map(statusOf))).toEqual([200, 200]);

  await disconnect(connected);
  mcp.rest.clock.advance(10);

  expect(await Promise.all(tokens.map(statusOf))).toEqual([401, 401]);
});

test('a token of an app stops working when the app must be approved again, although the token says later', async () => {
  const connected = await anApp({ expires_at: addSeconds(noon, 60).toISOString() });
  const token = await anAccessToken(connected);
  expect(await statusOf(token)).toBe(200);

  mcp.rest.clock.advance(60);

  expect(await statusOf(token)).toBe(401);
});

test('a token of an app expires by itself, although the app goes on', async () => {
  const connected = await anApp();
  const token = await anAccessToken(connected);

  mcp.rest.clock.advance(3600);

  expect(await statusOf(token)).toBe(401);
  expect(await statusOf(await anAccessToken(connected))).toBe(200);
});

test('a token whose app is no longer there opens nothing', async () => {
  const { tenantId, app } = await anApp();

  expect(await statusOf(await anAccessToken({ tenantId, app: aConnectedApp() }))).toBe(401);
  expect(await statusOf(await anAccessToken({ tenantId, app }))).toBe(200);
});

test('the use of a token is noted on its app, at most every five minutes for all its tokens', async () => {
  const connected = await anApp({ last_used_at: null });
  const usedAfter = async (seconds: number) => {
    mcp.rest.clock.set(addSeconds(noon, seconds).toISOString());
    expect(await statusOf(await anAccessToken(connected))).toBe(200);
    return (await readApp(connected)).last_used_at;
  };

  expect(await usedAfter(1)).toBe(addSeconds(noon, 1).toISOString());
  expect(await usedAfter(300)).toBe(addSeconds(noon, 1).toISOString());
  expect(await usedAfter(301)).toBe(addSeconds(noon, 301).toISOString());
});

test('an app is one caller for the rate of requests, whatever number of tokens it gets', async () => {
  const connected = await anApp();

  for (let n = 0; n < 3; n += 1) await statusOf(await anAccessToken(connected));

  const { name } = rateWindow(mcp.rest.clock.now());
  const count = await rowAt(mcp.rest.table, requestCountKey(connected.tenantId, name, connected.app.id));
  expect(count).toMatchObject({ pk: `T#${connected.tenantId}#REQ` });
});

test('the tokens of apps are not among the tokens that people issued', async () => {
  const connected = await anApp();
  await anAccessToken(connected);
  const member = { token: mcp.rest.aMember(connected.tenantId) };

  const { body } = await mcp.rest.call('GET', '/api/v1/tokens', member);

  expect(body.data.map(({ kind }: { kind: string }) => kind)).toEqual(['pat']);
});

test('the row of an app’s token is deleted a day after it expired, and a second write of it changes nothing', async () => {
  const connected = await anApp();
  const text = await anAccessToken(connected);

  const row = await rowAt(mcp.rest.table, tokenKey(hashToken(text)));
  expect(row).toMatchObject({ app_id: connected.app.id, expires_at_s: noon.getTime() / 1000 + 3600 + 86_400 });
  await mcp.rest.deps.tokens.putForApp(text, aToken({ tenant_id: 'another', kind: 'mcp' }));
  expect(await rowAt(mcp.rest.table, tokenKey(hashToken(text)))).toEqual(row);
});
