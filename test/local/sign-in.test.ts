import { mkdtempSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder, type DataFolder } from '../../local/data-folder';
import { demoPassword } from '../../local/sign-in/demo-users';
import { startIssuer, type Issuer } from '../../local/sign-in/start-issuer';
import { loopback } from '../../local/listen';
import { exchange, openBrowser } from '../e2e/sign-in';

const dashboard = 'http://127.0.0.1:3000';
const client = {
  id: 'the-dashboard',
  scope: 'openid email',
  redirectUris: [`${dashboard}/signed-in`],
  logoutUris: [`${dashboard}/`],
};
const users = [
  { email: 'manager@pro.example.com', group: 'Pro tenant', note: 'Manage agents' },
  { email: '<b>bold</b>@pro.example.com', group: 'Pro tenant', note: 'Viewer' },
];
const verifier = 'a'.repeat(43);

let folder: string;
let data: DataFolder;
let issuer: Issuer;
const problems: string[] = [];
const terminal: unknown[] = [];

beforeAll(async () => {
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    jest.spyOn(console, method).mockImplementation((...words) => void terminal.push(words));
  }
  folder = mkdtempSync(join(tmpdir(), 'issuer-'));
  data = openDataFolder(folder);
  issuer = await startIssuer(data, 0, '', (problem) => void problems.push(problem));
  await issuer.serve(client, users);
});
afterAll(async () => {
  await issuer.stop();
  data.release();
  rmSync(folder, { recursive: true });
});

function authorizeUrl(changes: Record<string, string | undefined> = {}): string {
  const parameters = {
    client_id: client.id,
    response_type: 'code',
    scope: client.scope,
    redirect_uri: client.redirectUris[0],
    state: 's',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  };
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${issuer.origin}/auth?${new URLSearchParams(given).toString()}`;
}

async function signIn(email = users[0]!.email, browser = openBrowser()) {
  const page = await browser.go(authorizeUrl(), dashboard);
  const back = page.url.startsWith(dashboard)
    ? page
    : await browser.go(page.url, dashboard, new URLSearchParams({ email, password: demoPassword }));
  const code = new URL(back.url).searchParams.get('code')!;
  const tokens = await exchange(`${issuer.origin}/token`, {
    grant_type: 'authorization_code',
    client_id: client.id,
    code,
    redirect_uri: client.redirectUris[0]!,
    code_verifier: verifier,
  });
  return { tokens, browser };
}

const claimsOf = (idToken: string) => JSON.parse(Buffer.from(idToken.split('.')[1]!, 'base64url').toString());

test('the page has a form for each demo user, and one for any other account', async () => {
  const page = await openBrowser().go(authorizeUrl(), dashboard);

  expect(page.status).toBe(200);
  expect(page.html.match(/<form method="post"/g)).toHaveLength(users.length + 1);
  expect(page.html).toContain('Pro tenant');
  expect(page.html).toContain('Manage agents');
  expect(page.html).toContain(`value="${demoPassword}"`);
  expect(page.html).not.toContain('<b>bold');
});

test('signing in returns a refresh token and an ID token with a verified e-mail, signed with RS256', async () => {
  const { tokens } = await signIn();

  expect(claimsOf(tokens.id_token)).toMatchObject({
    iss: issuer.origin,
    aud: client.id,
    email: users[0]!.email,
    email_verified: true,
  });
  expect(JSON.parse(Buffer.from(tokens.id_token.split('.')[0], 'base64url').toString())).toMatchObject({
    alg: 'RS256',
  });
  const renewed = await exchange(`${issuer.origin}/token`, {
    grant_type: 'refresh_token',
    client_id: client.id,
    refresh_token: tokens.refresh_token,
  });
  expect(claimsOf(renewed.id_token).sub).toBe(claimsOf(tokens.id_token).sub);
});

test('a person has the same account at every sign-in, and another person another one', async () => {
  const [first, again, other] = [await signIn('a@x.example'), await signIn('A@x.example'), await signIn('b@x.example')];

  const subjects = [first, again, other].map(({ tokens }) => claimsOf(tokens.id_token).sub);
  expect(subjects[0]).toBe(subjects[1]);
  expect(subjects[0]).not.toBe(subjects[2]);
});

test('a browser that has signed in is not asked again until it signs out', async () => {
  const { tokens, browser } = await signIn();
  expect((await browser.go(authorizeUrl(), dashboard)).url).toContain('code=');

  const end = `${issuer.origin}/session/end?${new URLSearchParams({ id_token_hint: tokens.id_token, post_logout_redirect_uri: client.logoutUris[0]! }).toString()}`; // prettier-ignore
  const page = await browser.go(end, dashboard);
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.html)?.[1];
  expect(page.html).toContain("getElementById('yes').click()");
  const back = await browser.go(`${issuer.origin}/session/end/confirm`, dashboard, new URLSearchParams({ xsrf: xsrf!, logout: 'yes' })); // prettier-ignore

  expect(back.url).toBe(client.logoutUris[0]);
  expect((await browser.go(authorizeUrl(), dashboard)).url).toContain('/interaction/');
});

test('a wrong password is refused on the same page', async () => {
  const browser = openBrowser();
  const page = await browser.go(authorizeUrl(), dashboard);

  const refused = await browser.go(page.url, dashboard, new URLSearchParams({ email: users[0]!.email, password: 'x' }));

  expect(refused.status).toBe(401);
  expect(refused.html).toContain('The password is wrong.');
});

test.each([
  ['without PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'error=invalid_request'],
  ['for a token instead of a code', { response_type: 'token' }, 'error='],
])('a request %s is redirected back with an error', async (_what, changes, expected) => {
  expect((await openBrowser().go(authorizeUrl(changes), dashboard)).url).toContain(expected);
});

test('a request with an unknown redirect address is not redirected', async () => {
  const page = await openBrowser().go(authorizeUrl({ redirect_uri: 'http://127.0.0.1:9/signed-in' }), dashboard);

  expect(page.status).toBe(400);
  expect(page.html).toContain('Sign-in failed');
});

test('a sign-in page from before a restart redirects to the dashboard', async () => {
  const left = await openBrowser().go(`${issuer.origin}/interaction/long-gone`, dashboard);

  expect(left.url).toBe(`${dashboard}/`);
});

test('CORS allows the dashboard to request tokens, and no other page', async () => {
  const ask = (origin: string) => fetch(`${issuer.origin}/token`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } }); // prettier-ignore
  const refresh = (origin: string) =>
    fetch(`${issuer.origin}/token`, { method: 'POST', headers: { origin }, body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x', client_id: client.id }) }); // prettier-ignore

  expect((await ask(dashboard)).ok).toBe(true);
  expect((await refresh(dashboard)).headers.get('access-control-allow-origin')).toBe(dashboard);
  expect((await refresh('http://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
});

test('the signing key survives a restart, so tokens stay valid', async () => {
  const keys = async (origin: string): Promise<any> => (await fetch(`${origin}/jwks`)).json();
  // The kept-alive connection closes with the server, so the first request may fail and the next opens a new one.
  const keysAgain = (origin: string) => keys(origin).catch(() => keys(origin));
  const before = await keys(issuer.origin);
  const port = Number(new URL(issuer.origin).port);
  await issuer.stop();

  issuer = await startIssuer(data, port, '', (problem) => void problems.push(problem));
  await issuer.serve(client, users);

  expect(issuer.origin).toBe(`http://${loopback}:${port}`);
  expect(await keysAgain(issuer.origin)).toEqual(before);
  expect(JSON.stringify(before)).not.toContain('"d"');
});

test('none of these tests wrote to the terminal', () => {
  expect(terminal).toEqual([]);
  expect(problems).toEqual([]);
});
