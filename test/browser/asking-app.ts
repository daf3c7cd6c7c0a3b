import type { Page, Route } from 'playwright-core';
import type { AuthorizationRequest } from '../../functions/domain/tenant/authorization-request';
import type { ConnectedAppView } from '../../functions/domain/tenant/connected-app';

/** A decision as it reached the authorization server. */
export interface Decision {
  readonly tenant: string | undefined;
  readonly body: unknown;
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

export interface AskingApp {
  /** The page's path to which the authorization server leads the browser of the person. */
  readonly path: string;
  readonly decisions: Decision[];
  /** What the next decisions are answered with; undefined accepts them. */
  refusal: Refusal | undefined;
}

const minute = 60_000;
const begun = 'abc';

/**
 * Stands in for an app and the authorization server: answers the page's calls about one request. After a decision it
 * leads to the dashboard's first page instead of to the app.
 */
export async function askFor(page: Page, asked: Partial<AuthorizationRequest> = {}): Promise<AskingApp> {
  const app: AskingApp = { path: `/connect?request=${begun}`, decisions: [], refusal: undefined };
  await page.unrouteAll();
  await page.route(`**/oauth/interaction/${begun}/request`, (route) => route.fulfill({ json: aRequest(asked) }));
  await page.route('**/oauth/interaction/gone/*', (route) => refuse(route, notFound));
  await page.route(`**/oauth/interaction/${begun}/decision`, async (route) => {
    const tenant = route.request().headers()['x-tenant-id'];
    app.decisions.push({ tenant, body: route.request().postDataJSON() });
    await (app.refusal ? refuse(route, app.refusal) : route.fulfill({ json: { location: '/workflows?led-back' } }));
  });
  return app;
}

export const notFound: Refusal = { status: 404, code: 'not_found', detail: 'There is no such request.' };

function aRequest(asked: Partial<AuthorizationRequest>): AuthorizationRequest {
  return {
    name: 'Claude',
    host: 'claude.example.com',
    redirect_host: 'claude.example.com',
    redirects_to_this_machine: false,
    decide_before: new Date(Date.now() + 10 * minute).toISOString(),
    ...asked,
  };
}

/** Stands in for the API's list of connected apps. Revoked ones stay in it. */
export async function listApps(page: Page, apps: readonly Partial<ConnectedAppView>[]): Promise<void> {
  let listed = apps.map((app, index) => aConnectedApp(index, app));
  await page.unrouteAll();
  await page.route('**/api/v1/connected-apps?*', (route) =>
    route.fulfill({ json: { data: listed, has_more: false, next_cursor: null } }),
  );
  await page.route('**/api/v1/connected-apps/*', async (route) => {
    const id = new URL(route.request().url()).pathname.split('/').at(-1);
    const ended = { status: 'revoked', revoked_because: 'revoked', revoked_at: new Date().toISOString() } as const;
    listed = listed.map((app) => (app.id === id ? { ...app, ...ended } : app));
    await route.fulfill({ status: 204 });
  });
}

function aConnectedApp(index: number, app: Partial<ConnectedAppView>): ConnectedAppView {
  const day = 24 * 60 * minute;
  return {
    id: `app_0000000000000000000000000${index}`,
    client_id: 'https://claude.example.com/client.json',
    name: 'Claude',
    host: 'claude.example.com',
    redirect_host: 'claude.example.com',
    approved_by: 'manager@pro.example.com',
    created_at: new Date(Date.now() - day).toISOString(),
    expires_at: new Date(Date.now() + 89 * day).toISOString(),
    last_used_at: null,
    revoked_at: null,
    revoked_because: null,
    status: 'active',
    ...app,
  };
}

async function refuse(route: Route, { status, code, detail }: Refusal): Promise<void> {
  const body = { title: 'Refused', status, detail, code, request_id: 'r1', errors: [] };
  await route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify(body) });
}
