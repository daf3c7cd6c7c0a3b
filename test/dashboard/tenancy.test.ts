import { openCall } from '../../dashboard/src/api/call';
import type { CallOptions, Route } from '../../dashboard/src/api/routes';
import { startPeople, type People } from '../rest-api/tenant/people';
import type { Answer } from '../support/http-calls';
import { comparable, createPagedTenantData, unknownIds, withoutNames, type Ids } from '../support/tenant-data';

jest.setTimeout(60_000);

/** What the dashboard asks the authorization server is about a request of the browser, not about data of a tenant. */
type ApiRoute = Exclude<Route, `${string} /oauth/${string}`>;
type Requests = { readonly [R in ApiRoute]: (ids: Ids) => CallOptions<R> };

const write = { name: 'X', description: null, recipe: { steps: [{ type: 'log', message: 'Hello' }] } };
const asEndpoint = ({ endpoint_id: id }: Ids) => ({ id });

/** Every call that the dashboard makes to the API, for the data of `ids`. A new call does not compile until it is listed here. */
const requests: Requests = {
  'GET me': () => ({}),
  'GET overview': () => ({}),
  'GET usage': () => ({}),
  'GET workflows': () => ({ query: { limit: 25 } }),
  'POST workflows': () => ({ body: write }),
  'GET workflows/{id}': ({ workflow_id: id }) => ({ id }),
  'PUT workflows/{id}': ({ workflow_id: id }) => ({ id, body: write }),
  'PATCH workflows/{id}': ({ workflow_id: id }) => ({ id, body: { active: false } }),
  'GET workflows/{id}/versions': ({ workflow_id: id }) => ({ id, query: {} }),
  'GET workflows/{id}/versions/{version}': ({ workflow_id: id, version }) => ({ id, version }),
  'POST recipes/validate?preview=true': () => ({ body: write.recipe }),
  'POST workflows/{id}/runs': ({ workflow_id: id }) => ({ id, body: { input: {} }, idempotencyKey: 'same' }),
  'POST workflows/{id}/runs?dry_run=true': ({ workflow_id: id }) => ({ id, body: {} }),
  'GET workflow-runs': ({ workflow_id }) => ({ query: { workflow_id } }),
  'GET workflow-runs/{id}': ({ run_id: id }) => ({ id }),
  'POST workflow-runs/{id}/cancel': ({ run_id: id }) => ({ id }),
  'POST workflow-runs/{id}/rerun': ({ run_id: id }) => ({ id, body: { version: 'same' }, idempotencyKey: 'again' }),
  'GET webhook-endpoints': () => ({ query: {} }),
  'POST webhook-endpoints': () => ({ body: { url: 'https://hooks.example.com/in', events: ['*'] } }),
  'GET webhook-endpoints/{id}': asEndpoint,
  'PATCH webhook-endpoints/{id}': (ids) => ({ ...asEndpoint(ids), body: { status: 'disabled' } }),
  'DELETE webhook-endpoints/{id}': asEndpoint,
  'POST webhook-endpoints/{id}/rotate-secret': asEndpoint,
  'POST webhook-endpoints/{id}/expire-previous-secret': asEndpoint,
  'POST webhook-endpoints/{id}/test': asEndpoint,
  'POST webhook-endpoints/{id}/redeliver-failed': (ids) => ({
    ...asEndpoint(ids),
    query: { since: '2026-01-01T00:00:00Z', confirm: 'true' },
  }),
  'GET webhook-deliveries': ({ endpoint_id }) => ({ query: { endpoint_id } }),
  'GET webhook-deliveries/{id}': ({ delivery_id: id }) => ({ id }),
  'POST webhook-deliveries/{id}/redeliver': ({ delivery_id: id }) => ({ id }),
  'GET tokens': () => ({ query: {} }),
  'POST tokens': () => ({ body: { name: 'Mine', scopes: ['workflows:read'], expires_in_days: null } }),
  'DELETE tokens/{id}': ({ token_id: id }) => ({ id }),
  'GET connected-apps': () => ({ query: {} }),
  'DELETE connected-apps/{id}': ({ app_id: id }) => ({ id }),
  'GET audit-events': () => ({ query: {} }),
};
const routes = Object.keys(requests) as ApiRoute[];

let people: People;
let victim: { id: string; token: string };
let ids: Ids;

beforeAll(async () => {
  people = await startPeople();
  victim = await people.aTenant({ name: 'Victim Ltd' });
  ids = await createPagedTenantData(people, victim, 'victim');
  Object.assign(globalThis, { location: { origin: 'https://workflows.example.com' } });
});
afterAll(() => people.stop());

/** The real fetch, for the keys of the issuer. */
const networkFetch = globalThis.fetch;

/** Makes the call as the dashboard does. @returns the HTTP response */
async function sendAsDashboard(route: ApiRoute, subject: Ids, idToken: string, tenantId?: string): Promise<Answer> {
  const answers: Answer[] = [];
  globalThis.fetch = async (sent) => {
    if (!(sent instanceof Request)) return networkFetch(sent);
    const { url, method, headers, body } = sent;
    const { pathname, search } = new URL(url);
    const rawBody = body === null ? undefined : await sent.text();
    const { authorization: _sent, ...others } = Object.fromEntries(headers);
    const answer = await people.call(method, pathname + search, {
      token: idToken,
      headers: others,
      ...(rawBody !== undefined && { rawBody }),
    });
    answers.push(answer);
    return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), answer);
  };
  const call = openCall({
    idToken: () => Promise.resolve(idToken),
    renewToken: () => Promise.resolve(false),
    tenantId: () => tenantId,
  });
  await call(route, requests[route](subject) as never).catch(() => undefined);
  return answers[0]!;
}

test.each(routes)('%s: data of another tenant gets the same response as data that does not exist', async (route) => {
  const responses = [];
  for (const subject of [ids, unknownIds]) {
    const { id } = await people.aTenant({ name: 'Stranger' });
    const { email } = await people.aMember(id);
    const answer = await sendAsDashboard(route, subject, await people.issuer.idToken(email), id);
    responses.push(withoutNames(comparable(answer), id, email));
  }

  expect(responses[0]).toEqual(responses[1]);
  expect(JSON.stringify(responses[0])).not.toMatch(/victim/i);
  expect(responses[0]!.status === 404).toBe(route.includes('{'));
});

test.each(routes)(
  '%s: naming a tenant without being a member gets the same response as naming one that does not exist',
  async (route) => {
    const { id } = await people.aTenant({ name: 'Stranger' });
    const idToken = await people.signedIn(id);

    const ofVictim = comparable(await sendAsDashboard(route, ids, idToken, victim.id));
    const ofUnknown = comparable(await sendAsDashboard(route, ids, idToken, 'never-was'));

    expect(ofVictim).toEqual(ofUnknown);
    expect(ofVictim).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  },
);
