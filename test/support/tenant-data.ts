import { fireWebhookEvent } from '../../functions/domain/delivery/fire-event';
import { aConnectedApp, aRecipe, aRun, noon } from './builders';
import type { Answer } from './http-calls';
import type { Rest } from './rest';

/** Ids of a tenant's data, by the names of the parameters in paths, queries and tool arguments. */
export interface Ids {
  readonly workflow_id: string;
  readonly version: string;
  readonly run_id: string;
  readonly endpoint_id: string;
  readonly delivery_id: string;
  readonly token_id: string;
  readonly app_id: string;
}

/** Ids of the same form that never existed. */
export const unknownIds: Ids = {
  workflow_id: '77',
  version: '77',
  run_id: '77',
  endpoint_id: 'ep_0000000000',
  delivery_id: `dlv_${'0'.repeat(38)}`,
  token_id: `tok_${'0'.repeat(26)}`,
  app_id: `app_${'0'.repeat(26)}`,
};

/** The part of the REST API that is used here, with or without signed-in people. */
type RestApi = Pick<Rest, 'call' | 'deps' | 'aToken'>;

interface Owner {
  readonly id: string;
  readonly token: string;
}

/** Creates at least one of each thing that a tenant can have. */
export async function createTenantData(rest: RestApi, { id, token }: Owner, name: string): Promise<Ids> {
  const write = { name: `${name}’s own`, recipe: aRecipe() };
  const post = (path: string, body: unknown = {}) => rest.call('POST', path, { token, body });
  for (let n = 0; n < 3; n += 1) await post('/api/v1/workflows', write);
  await rest.call('PATCH', '/api/v1/workflows/2', { token, body: { active: false } });
  await post('/api/v1/workflows/3/runs', { input: { secret: `${name}-secret` } });
  const { body: run } = await post('/api/v1/workflows/3/runs');
  const { body: endpoint } = await post('/api/v1/webhook-endpoints', {
    url: `https://${name}.example.com/in`,
    events: ['*'],
  });
  await fireWebhookEvent(rest.deps, {
    tenantId: id,
    run: { ...aRun({ id: run.id, uid: run.uid, workflow_id: 3 }) },
    stepIndex: 2,
    event: 'campaign.kickoff',
    payload: { secret: `${name}-secret` },
    now: noon,
  });
  const app = aConnectedApp({ tenant_id: id, name: `${name}’s app` });
  await rest.deps.connectedApps.put(app);
  const { body: deliveries } = await rest.call('GET', '/api/v1/webhook-deliveries', { token });
  return {
    workflow_id: '3',
    version: '1',
    run_id: '2',
    endpoint_id: endpoint.id,
    delivery_id: deliveries.data[0].id,
    token_id: (await rest.deps.tokens.list(id))[0]!.id,
    app_id: app.id,
  };
}

/** Creates at least two of each thing, so that each list has a second page at a limit of 1. */
export async function createPagedTenantData(rest: RestApi, owner: Owner, name: string): Promise<Ids> {
  const { token } = owner;
  const ids = await createTenantData(rest, owner, name);
  await rest.call('PUT', '/api/v1/workflows/3', { token, body: { name: 'Second', recipe: aRecipe() } });
  const url = `https://${name}.example.com/two`;
  await rest.call('POST', '/api/v1/webhook-endpoints', { token, body: { url, events: ['*'] } });
  await rest.call('POST', `/api/v1/webhook-endpoints/${ids.endpoint_id}/test`, { token });
  await rest.aToken(owner.id);
  await rest.deps.connectedApps.put(aConnectedApp({ tenant_id: owner.id }));
  return ids;
}

/** Removes from a response what differs between any two requests. */
export function comparable({ status, headers, body }: Answer) {
  const { 'x-request-id': _header, etag, ...otherHeaders } = headers;
  const { request_id: _id, ...otherBody } = Object(body);
  // A tag is made of the body, and with it of the ids in it.
  const sameHeaders = { ...otherHeaders, ...(etag !== undefined && { etag: '"…"' }) };
  return { status, headers: sameHeaders, body: typeof body === 'object' ? otherBody : body };
}

/** Replaces generated ids, and each of `names`, so that responses to two tenants can be compared. */
export function withoutNames<T>(answer: T, ...names: readonly string[]): T {
  const text = names
    .reduce((replaced, name) => replaced.replaceAll(name, 'stranger'), JSON.stringify(answer))
    .replaceAll(/(ep_|tok_|app_|dlv_|whsec_|cwf_pat_|run_(?=[0-9A-Z]))[\w+/=]+/g, '$1…')
    .replaceAll(/(\\?"(?:id|request_id)\\?":\\?")[\w-]+/g, '$1…');
  return JSON.parse(text);
}
