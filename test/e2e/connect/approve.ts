import { openBrowser, signInByCode } from '../sign-in';
import type { Stack } from '../stack';

interface Person {
  readonly email: string;
  readonly password: string;
}

/** Members of the local run by what they may do. */
export function personOf(stack: Stack, plan: string, permission: string): Person {
  const users = stack.connection.tenants[plan]!.users;
  const highest = permission === 'viewer' ? ['viewer'] : ['viewer', 'manage_agents'];
  return users.find(({ permissions }) => JSON.stringify(permissions) === JSON.stringify(highest))!;
}

/**
 * Does what a person's browser does with the address that an app opens: it keeps cookies, follows the redirects to the page
 * on which a person decides, sends that page's requests with the person's ID token, and goes on to the app.
 *
 * @returns where the browser was sent back to
 */
export async function decide(
  stack: Stack,
  authorizationUrl: URL,
  redirectUri: string,
  person: Person,
  decision: Record<string, unknown> = { decision: 'approve' },
): Promise<URL> {
  const browser = openBrowser();
  const page = await browser.go(authorizationUrl.href, redirectUri);
  const uid = new URL(page.url).searchParams.get('request');
  if (uid === null) throw new Error(`No page to decide on, but ${page.status} at ${page.url}: ${page.html}`);
  const { idToken } = await signInByCode(stack.connection.dashboard_url, person.email, person.password);
  const answer = await stack.call('POST', `/oauth/interaction/${uid}/decision`, {
    token: idToken,
    body: decision,
    headers: { cookie: browser.cookies() },
  });
  if (answer.status !== 200) throw new Error(`Not decided: ${answer.status} ${JSON.stringify(answer.body)}`);
  return new URL((await browser.go(answer.body.location, redirectUri)).url);
}

/**
 * Approves what a program asks for that listens for the person's browser itself.
 *
 * @returns the page that the program shows in the browser afterwards
 */
export async function approveInBrowser(stack: Stack, opened: URL): Promise<string> {
  const back = await decide(stack, opened, redirectUriOf(opened), personOf(stack, 'pro', 'manage_agents'));
  const page = await fetch(back);
  const text = await page.text();
  if (!page.ok) throw new Error(`The program did not take the code: ${page.status} ${text}`);
  return text;
}

export function redirectUriOf(opened: URL): string {
  return opened.searchParams.get('redirect_uri')!;
}
