import type { BrowserContext, Page, Route } from 'playwright-core';

/** The computer's clock as the page sees it, wrong by so many hours from the start. */
export async function useWrongClock(page: Page, hours: number): Promise<void> {
  await page.addInitScript(shiftClock, hours);
}

/** Lets so many hours go by on the computer's clock. */
async function passHours(page: Page, hours: number): Promise<void> {
  await page.evaluate(shiftClock, hours);
}

function shiftClock(hours: number): void {
  const RealDate = Date;
  const now = () => RealDate.now() + hours * 3_600_000;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, [first, ...more]: number[]) =>
      first === undefined ? new target(now()) : Reflect.construct(target, [first, ...more]),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}

type Answer = 'invalid_grant' | 'server_error' | 'nothing';
const statuses = { invalid_grant: 400, server_error: 500 } as const;

/** How the issuer answers from now on when a page asks it for tokens. @returns what sets it right again */
export async function answerTokensWith(
  context: BrowserContext,
  answer: Answer,
  grant: 'refresh_token' | 'authorization_code' = 'refresh_token',
): Promise<() => Promise<void>> {
  const trouble = (route: Route) => {
    if (route.request().postData()?.includes(`grant_type=${grant}`) !== true) return route.fallback();
    if (answer === 'nothing') return route.abort();
    return route.fulfill({
      status: statuses[answer],
      headers: { 'access-control-allow-origin': '*' },
      json: { error: answer, error_description: `The issuer says ${answer}` },
    });
  };
  await context.route(/:\d+\/token$/, trouble);
  return () => context.unroute(/:\d+\/token$/, trouble);
}

/** The API refuses the token that the page has, as it does when the token is over. */
export async function endToken(page: Page): Promise<void> {
  const token = await page.evaluate(() => {
    const [user = '{}'] = Object.entries(sessionStorage).flatMap(([key, text]) =>
      key.startsWith('oidc.user') ? [String(text)] : [],
    );
    return JSON.parse(user).id_token as string;
  });
  const problem = { title: 'Not signed in', status: 401, detail: 'Sign in.', code: 'unauthenticated', errors: [] };
  await page.context().route('**/api/v1/**', (route) =>
    route.request().headers()['authorization'] === `Bearer ${token}`
      ? route.fulfill({
          status: 401,
          contentType: 'application/problem+json',
          json: { ...problem, request_id: 'r1' },
        })
      : route.fallback(),
  );
  // A token that was received moments ago would not be renewed.
  await passHours(page, 1);
}

/** The requests for new tokens that the windows of the context send from now on. */
export function renewalsOf(context: BrowserContext): string[] {
  const renewals: string[] = [];
  context.on('request', (request) => {
    if (request.postData()?.includes('grant_type=refresh_token') === true) renewals.push(request.url());
  });
  return renewals;
}
