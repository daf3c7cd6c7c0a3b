import type { Page, Route } from 'playwright-core';

const request = '**/oauth/interaction/*/request';
const decision = '**/oauth/interaction/*/decision';

/**
 * Answers what no server on one machine can say: that the site `host` proves the app. Its document would have to be on
 * the public internet.
 */
export async function proveBy(page: Page, host: string): Promise<void> {
  await page.route(request, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), host } });
  });
}

/** Refuses decisions as for a tenant that has all the apps it may have. */
export async function refuseByLimit(page: Page): Promise<void> {
  const body = {
    title: 'Limit reached',
    status: 409,
    detail: 'Revoke an app first.',
    code: 'limit_reached',
    request_id: 'r1',
    errors: [],
  };
  await page.route(decision, (route) =>
    route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(body) }),
  );
}

/** Lets the server decide, and holds its answer back. @returns what lets the answer go */
export async function holdDecision(page: Page): Promise<{ decided: Promise<void>; release: () => void }> {
  let release = () => {};
  const released = new Promise<void>((done) => (release = done));
  const decided = new Promise<void>((done) => {
    void page.route(decision, async (route: Route) => {
      const response = await route.fetch();
      done();
      await released;
      await route.fulfill({ response });
    });
  });
  return { decided, release };
}

/** Ends what the functions above began. */
export async function standBack(page: Page): Promise<void> {
  await page.unrouteAll();
}
