import type { Page, Route } from 'playwright-core';
import type { Dashboard, Person } from '../../dashboard';
import { button } from '../../on-the-page';

export const manager = 'manager@pro.example.com';

/** What the browser reports about requests that these tests cut off on purpose. */
const cutOff = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_ABORTED/;

/** Ends what a test began: gives the connection back, and lets requests pass again. */
export async function standBack({ page, context }: Person, dashboard: Dashboard): Promise<void> {
  await context.setOffline(false);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  dashboard.ignorePageErrors(cutOff);
}

/** Refuses a request as the API does. */
export function refuse(route: Route, detail: string): Promise<void> {
  const body = { title: 'Refused', status: 409, detail, code: 'run_not_finished', request_id: 'r1', errors: [] };
  return route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(body) });
}

/** Holds something until it is let go. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((done) => (open = done));
  return { opened, open };
}

/** Registers an endpoint that receives one event. */
export async function anEndpoint({ stack }: Dashboard, event: string): Promise<{ id: string }> {
  const body = { url: stack.connection.inbox_endpoint_url, events: [event] };
  return (await stack.call('POST', '/api/v1/webhook-endpoints', { body })).body;
}

/** Chooses from the menu Actions of a page. */
export async function choose(page: Page, name: string): Promise<void> {
  await button(page, 'Actions').click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

/** True if the browser would ask before it closes the tab or leaves the page. */
export function asksBeforeUnload(page: Page): Promise<boolean> {
  return page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
}
