import { interceptDatabase } from '../support/requests';
import { redirectUri, resource, startConnect, type Connect } from './connect';

let connect: Connect;
/** While set, so many uses of a code or token wait for each other before any of them is written. */
let together = 0;
let waiting: (() => void)[] = [];

beforeAll(async () => {
  connect = await startConnect({
    wrapTable: (table) =>
      interceptDatabase(table, async ({ input }, send) => {
        if (together > 0 && String(input.UpdateExpression).includes('used_at_s')) {
          await new Promise<void>((go) => {
            waiting.push(go);
            if (waiting.length === together) waiting.forEach((one) => one());
          });
        }
        return send();
      }),
  });
});
afterAll(() => connect.stop());
afterEach(() => {
  together = 0;
  waiting = [];
});

const auditOf = async (tenantId: string) => {
  const { events } = await connect.rest.deps.audit.list(tenantId, 100);
  return events.map(({ action, actor }) => [action, actor.name]);
};

async function aCode() {
  const person = await connect.aPerson();
  const asked = await connect.ask(await connect.register());
  const code = (await connect.goOn(asked, await connect.decide(asked, person.idToken))).get('code')!;
  return { person, asked, code };
}

test('whoever intercepts a code gets nothing for it without the verifier (RFC 7636), and the app still does', async () => {
  const { asked, code } = await aCode();

  for (const code_verifier of ['x'.repeat(43), '']) {
    const { status, body } = await connect.exchange(asked, code, { code_verifier });
    expect([status, body.error, body.access_token]).toEqual([400, 'invalid_grant', undefined]);
  }
  expect((await connect.exchange(asked, code)).status).toBe(200);
});

test('a code that is used again ends the app and every token it got (RFC 6749, section 4.1.2)', async () => {
  const { person, asked, code } = await aCode();
  const first = await connect.exchange(asked, code);

  const second = await connect.exchange(asked, code);

  expect([second.status, second.body.error]).toEqual([400, 'invalid_grant']);
  connect.passCache();
  expect((await connect.callMcp(first.body.access_token)).status).toBe(401);
  expect((await connect.refresh(asked.clientId, first.body.refresh_token)).body.error).toBe('invalid_grant');
  expect(await auditOf(person.tenantId)).toContainEqual(['app.reuse_detected', 'system']);
});

test('of uses of one code at the same moment one gets tokens, which end with the app', async () => {
  const { person, asked, code } = await aCode();
  together = 3;

  const answers = await Promise.all([1, 2, 3].map(() => connect.exchange(asked, code)));

  const granted = answers.filter(({ status }) => status === 200);
  expect(granted.length).toBeLessThanOrEqual(1);
  connect.passCache();
  for (const { body } of granted) expect((await connect.callMcp(body.access_token)).status).toBe(401);
  expect((await auditOf(person.tenantId)).filter(([action]) => action === 'app.reuse_detected')).toHaveLength(1);
});

test('a code works for a minute', async () => {
  const { asked, code } = await aCode();
  connect.clock.advance(61);

  expect((await connect.exchange(asked, code)).body.error).toBe('invalid_grant');
});

test('a code is for the app and the address that asked for it', async () => {
  const { asked, code } = await aCode();
  const other = await connect.register({ client_name: 'Other' });

  expect((await connect.exchange(asked, code, { client_id: other })).body.error).toBe('invalid_grant');
  expect((await connect.exchange(asked, code, { redirect_uri: `${redirectUri}/x` })).body.error).toBe('invalid_grant');
});

test.each([
  ['another path', 'https://app.example/callback/more'],
  ['a query', 'https://app.example/callback?x=1'],
  ['another host', 'https://app.example.evil.example/callback'],
  ['a user part', 'https://app.example@evil.example/callback'],
  ['another scheme', 'http://app.example/callback'],
  ['nothing', undefined],
])('an address that differs by %s gets no answer, and the person a page', async (_what, redirect_uri) => {
  const clientId = await connect.register({ redirect_uris: [redirectUri, 'https://app.example/other'] });

  const { answer } = await connect.ask(clientId, { redirect_uri });

  expect(answer.status).toBe(400);
  expect(answer.headers['location']).toBeUndefined();
  expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(answer.headers['x-frame-options']).toBe('DENY');
});

test.each(['http://127.0.0.1:1234/cb', 'http://127.0.0.1:65000/cb'])(
  'a program on the person’s machine is sent to any of its ports, here %s (RFC 8252, section 7.3)',
  async (redirect_uri) => {
    const clientId = await connect.register({ redirect_uris: ['http://127.0.0.1:3334/cb'] });

    const { uid } = await connect.ask(clientId, { redirect_uri });

    expect(uid).not.toBe('');
  },
);

test('every answer to an app names the issuer (RFC 9207), refusals too', async () => {
  const clientId = await connect.register();

  for (const changes of [
    { code_challenge: undefined },
    { code_challenge_method: 'plain' },
    { response_type: 'token' },
  ]) {
    const { answer } = await connect.ask(clientId, changes);
    const sent = new URL(answer.headers['location']!.replace('#', '?'));
    expect([sent.origin + sent.pathname, sent.searchParams.get('iss')]).toEqual([
      redirectUri,
      'https://workflows.acme.example',
    ]);
    expect(sent.searchParams.get('error')).toMatch(/^(invalid_request|unsupported_response_type|unauthorized_client)$/);
  }
});

test('a token is asked for this resource only, whenever one is named (RFC 8707)', async () => {
  const clientId = await connect.register();
  const foreign = 'https://other.example/mcp';

  const { answer } = await connect.ask(clientId, { resource: foreign });
  const { asked, code } = await aCode();
  const exchanged = await connect.exchange(asked, code, { resource: foreign });

  expect(new URL(answer.headers['location']!).searchParams.get('error')).toBe('invalid_target');
  expect(exchanged.body.error).toBe('invalid_target');
});

test('clients of earlier revisions name no resource, and get a token for this one', async () => {
  const person = await connect.aPerson();
  const asked = await connect.ask(await connect.register(), { resource: undefined, scope: undefined });
  const code = (await connect.goOn(asked, await connect.decide(asked, person.idToken))).get('code')!;

  const { body } = await connect.exchange(asked, code);

  expect((await connect.callMcp(body.access_token)).status).toBe(200);
});

test.each([
  ['names of other scopes', { scope: 'openid profile offline_access admin' }],
  ['parameters of OpenID Connect', { nonce: 'n-0S6', max_age: '60', acr_values: 'x' }],
  ['a wish for consent', { prompt: 'consent' }],
  ['a wish for a sign-in', { prompt: 'login consent' }],
  ['a wish for another account', { prompt: 'select_account' }],
])('what some clients send besides does no harm: %s', async (_what, changes) => {
  const { uid } = await connect.ask(await connect.register(), changes);

  expect(uid).not.toBe('');
});

test('without a person nothing is approved, whatever was approved in this browser before', async () => {
  const { asked } = await aCode();

  const { answer } = await connect.ask(asked.clientId, { prompt: 'none' });
  const again = await connect.ask(asked.clientId);

  expect(new URL(answer.headers['location']!).searchParams.get('error')).toBe('interaction_required');
  expect(again.uid).not.toBe('');
});

test('a token that was issued for another resource does not open the MCP server', async () => {
  const { tenantId } = await connect.aPerson();
  const tokenFor = (to?: string) =>
    connect.rest.aToken(tenantId, { kind: 'mcp', scopes: ['mcp'], ...(to !== undefined && { resource: to }) });

  expect((await connect.callMcp(await tokenFor('https://other.example/mcp'))).status).toBe(401);
  expect((await connect.callMcp(await tokenFor(resource))).status).toBe(200);
  expect((await connect.callMcp(await tokenFor())).status).toBe(200);
});

test('the token of an app does not open the REST API', async () => {
  const { accessToken } = await connect.connected(await connect.aPerson());

  expect((await connect.rest.call('GET', '/api/v1/workflows', { token: accessToken })).status).toBe(401);
});
