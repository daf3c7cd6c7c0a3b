import { createHash, randomBytes } from 'node:crypto';

export interface SignedIn {
  readonly idToken: string;
  readonly refreshToken: string;
}

interface DashboardConfig {
  readonly issuer: string;
  readonly client_id: string;
  readonly scope: string;
}

/** Signs in as a browser does: authorization code with PKCE, the form of the sign-in page, the exchange of the code. */
export async function signInByCode(dashboardUrl: string, email: string, password: string): Promise<SignedIn> {
  const config = await readJson<DashboardConfig>(new URL('/config.json', dashboardUrl));
  const discovery = await readJson<Record<string, string>>(`${config.issuer}/.well-known/openid-configuration`);
  const verifier = randomBytes(32).toString('base64url');
  const redirectUri = new URL('/signed-in', dashboardUrl).href;
  const browser = openBrowser();

  const authorize = new URL(discovery['authorization_endpoint']!);
  authorize.search = new URLSearchParams({
    client_id: config.client_id,
    response_type: 'code',
    scope: config.scope,
    redirect_uri: redirectUri,
    state: 'here-again',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  const page = await browser.go(authorize.href, redirectUri);
  const { action, fields } = formOf(page);
  const filled = { ...fields, ['email' in fields ? 'email' : 'username']: email, password };
  const back = await browser.go(action, redirectUri, new URLSearchParams(filled));
  const answer = new URL(back.url).searchParams;
  if (answer.get('state') !== 'here-again') throw new Error(`Not signed in: ${back.status} at ${back.url}`);

  const tokens = await exchange(discovery['token_endpoint']!, {
    grant_type: 'authorization_code',
    client_id: config.client_id,
    code: answer.get('code')!,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
  return { idToken: tokens.id_token, refreshToken: tokens.refresh_token };
}

/** The address and the fields of the form with a password on a sign-in page. */
function formOf({ url, html }: { url: string; html: string }): { action: string; fields: Record<string, string> } {
  const form = html.match(/<form[^]*?<\/form>/g)?.find((one) => one.includes('type="password"'));
  if (form === undefined) throw new Error(`No form asks for a password at ${url}: ${html.slice(0, 2000)}`);
  const [, action = ''] = /^<form[^>]* action="([^"]*)"/.exec(form) ?? [];
  const inputs = form.match(/<input[^>]*>/g) ?? [];
  const attribute = (input: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(input)?.[1] ?? '';
  return {
    action: new URL(action.replaceAll('&amp;', '&'), url).href,
    fields: Object.fromEntries(inputs.map((input) => [attribute(input, 'name'), attribute(input, 'value')])),
  };
}

export async function exchange(tokenEndpoint: string, form: Record<string, string>): Promise<any> {
  const response = await fetch(tokenEndpoint, { method: 'POST', body: new URLSearchParams(form) });
  const body: any = await response.json();
  if (!response.ok) throw new Error(`The token endpoint answered ${response.status}: ${JSON.stringify(body)}`);
  return body;
}

/** A minimal browser: it follows redirects with cookies until it gets a page or is redirected to `until`. */
export function openBrowser() {
  const cookies = new Map<string, string>();
  const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return {
    cookies: cookieHeader,
    async go(
      url: string,
      until: string,
      form?: URLSearchParams,
    ): Promise<{ url: string; status: number; html: string }> {
      const headers = { cookie: cookieHeader() };
      const response = await fetch(url, {
        method: form ? 'POST' : 'GET',
        ...(form && { body: form }),
        headers,
        redirect: 'manual',
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      const location = response.headers.get('location');
      if (location === null) return { url, status: response.status, html: await response.text() };
      const next = new URL(location, url).href;
      return next.startsWith(until) ? { url: next, status: response.status, html: '' } : this.go(next, until);
    },
  };
}

async function readJson<T>(url: string | URL): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${String(url)} answered ${response.status}`);
  return (await response.json()) as T;
}
