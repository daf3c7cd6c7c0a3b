import { maxRequestsPerMinute } from '../../functions/authorization-server/limits';
import { counted } from '../support/requests';
import { redirectUri, startConnect, type Connect } from './connect';

let connect: Connect;
let take: () => Record<string, number>;

beforeAll(async () => {
  connect = await startConnect({
    wrapTable: (table) => {
      const counter = counted(table);
      ({ take } = counter);
      return counter.database;
    },
  });
});
afterAll(() => connect.stop());

test('a flood of registrations leaves nothing behind', async () => {
  await connect.register();
  take();

  const ids = await Promise.all(
    Array.from({ length: 300 }, (_, index) => connect.register({ client_name: `Claude ${index}` })),
  );

  expect(new Set(ids).size).toBe(300);
  expect(take()).toEqual({});
});

test('a registration is answered with what is kept of it, whatever else was asked for (RFC 7591, section 3.2.1)', async () => {
  const { status, body } = await connect.send('POST', '/oauth/register', {
    body: {
      client_name: 'n8n',
      redirect_uris: ['https://n8n.example/rest/oauth2-credential/callback'],
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      response_types: ['code'],
      scope: 'everything',
      logo_uri: 'http://169.254.169.254/latest/meta-data',
      jwks_uri: 'http://169.254.169.254/keys',
      sector_identifier_uri: 'https://169.254.169.254/uris',
      software_id: 'x',
    },
  });

  expect(status).toBe(201);
  expect(body).toMatchObject({
    client_id: expect.stringMatching(/^cwf_client_/),
    client_name: 'n8n',
    redirect_uris: ['https://n8n.example/rest/oauth2-credential/callback'],
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
  });
  expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['client_secret']));
  expect(JSON.stringify(body)).not.toContain('169.254');
});

test.each([
  ['nothing', {}],
  ['no address', { redirect_uris: [] }],
  ['no list', { redirect_uris: 'https://app.example/cb' }],
  ['http', { redirect_uris: ['http://app.example/cb'] }],
  ['a fragment', { redirect_uris: ['https://app.example/cb#x'] }],
  ['a script', { redirect_uris: ['javascript:alert(1)'] }],
  ['an address that leads nowhere', { redirect_uris: ['urn:ietf:wg:oauth:2.0:oob'] }],
  ['a page', { redirect_uris: ['data:text/html,x'] }],
  ['a user part', { redirect_uris: ['https://app.example@evil.example/'] }],
  ['letters of another alphabet', { redirect_uris: ['https://аpp.example/cb'] }],
  ['a label that stands for no letters', { redirect_uris: ['https://xn--a.com/cb'] }],
  ['such a label in another notation', { redirect_uris: ['https://%78n--a.com/cb'] }],
  ['such a label after a user part', { redirect_uris: ['https://a@xn--a.com/cb'] }],
  ['a host after a backslash', { redirect_uris: ['https:\\\\app.example/cb'] }],
  ['no URI', { redirect_uris: ['callback'] }],
  ['one address too many', { redirect_uris: Array.from({ length: 11 }, (_, index) => `https://app.example/${index}`) }],
  ['a long address', { redirect_uris: [`https://app.example/${'x'.repeat(500)}`] }],
  [
    'long addresses together',
    { redirect_uris: Array.from({ length: 8 }, (_, index) => `https://app.example/${index}/${noise(400, index)}`) },
  ],
])('a registration with %s is refused with what to change', async (_what, body) => {
  const answer = await connect.send('POST', '/oauth/register', { body });

  expect(answer.status).toBe(400);
  expect(answer.body.error).toMatch(/^invalid_(redirect_uri|client_metadata)$/);
  expect(answer.body.error_description).toContain('redirect_uris');
});

test.each([
  ['text', 'not json', 400],
  ['a list', '[]', 400],
  ['40 KB', JSON.stringify({ client_name: 'x'.repeat(40_000) }), 413],
])('a registration that is %s is refused', async (_what, rawBody, status) => {
  const answer = await connect.send('POST', '/oauth/register', {
    rawBody,
    headers: { 'content-type': 'application/json' },
  });

  expect(answer.status).toBe(status);
});

test.each([
  ['Cla\u200bude', 'Claude'],
  ['\u202eedualC', 'edualC'],
  ['  Claude\n\tCode ', 'Claude Code'],
  ['x'.repeat(500), 'x'.repeat(80)],
  ['Ｃｌａｕｄｅ 🤖 日本 \u{1d400}', 'Claude 🤖 日本 A'],
  // Outlined letters of Unicode 16, which earlier versions do not know to be letters.
  ['\u{1ccd6}\u{1ccd7} Claude\u{e0041}', 'Claude'],
  // No half of a character is left where the name ends.
  [`${'x'.repeat(79)}🤖`, 'x'.repeat(79)],
  ['', 'Unnamed app'],
  // A letter of Hangul that is not seen.
  ['\u3164\u200b', 'Unnamed app'],
])('a name is shown as it reads: %j', async (client_name, shown) => {
  const person = await connect.aPerson();
  const asked = await connect.ask(await connect.register({ client_name }));

  const { body } = await connect.send('GET', `/oauth/interaction/${asked.uid}/request`, {
    token: person.idToken,
    cookies: asked.cookies,
  });

  expect(body.name).toBe(shown);
});

test('an app of the person’s machine may have a scheme of its own, as Cursor has', async () => {
  const redirect_uri = 'cursor://anysphere.cursor-mcp/oauth/callback';
  const person = await connect.aPerson();
  const asked = await connect.ask(await connect.register({ redirect_uris: [redirect_uri] }), { redirect_uri });

  const { body } = await connect.send('GET', `/oauth/interaction/${asked.uid}/request`, {
    token: person.idToken,
    cookies: asked.cookies,
  });

  expect(body).toMatchObject({ redirect_host: 'cursor:', redirects_to_this_machine: true });
});

test('a stranger who asks without end writes one row that is forgotten in ten minutes, and one who invents apps none', async () => {
  const clientId = await connect.register();
  take();

  await connect.ask(clientId);
  expect(take()).toEqual({ Update: 1 });
  await connect.ask('nobody');
  await connect.ask('cwf_client_forged');
  expect(take()).toEqual({});
});

test.each([
  ['client_id', 'x'.repeat(4_000)],
  ['state', 'x'.repeat(4_000)],
])('a request with a %s that fills it is refused', async (name, value) => {
  const { answer } = await connect.ask(await connect.register(), { [name]: value });

  expect([answer.status, String(answer.body).includes('4000 characters')]).toEqual([400, true]);
  expect(String(answer.body)).toContain(`Request ${answer.headers['x-request-id']}`);
});

test('strangers cannot make one function instance store requests without end', async () => {
  const clientId = await connect.register();
  const send = connect.coldStart();
  const query = { client_id: clientId, redirect_uri: redirectUri, response_type: 'code' };
  const pkce = { code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' };
  const ask = () => send('GET', `/oauth/authorize?${new URLSearchParams({ ...query, ...pkce }).toString()}`);
  const statuses = new Set<number>();
  for (let asked = 0; asked < maxRequestsPerMinute; asked += 1) statuses.add((await ask()).status);
  take();

  const refused = await ask();

  expect([...statuses]).toEqual([303]);
  expect([refused.status, take()]).toEqual([429, {}]);
  connect.clock.advance(60);
  expect((await ask()).status).toBe(303);
});

/** Text that cannot be compressed. */
function noise(length: number, seed: number): string {
  let state = seed + 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state % 36).toString(36);
  }).join('');
}
