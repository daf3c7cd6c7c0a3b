import { fireWebhookEvent } from '../../functions/domain/delivery/fire-event';
import { aRecipe, aRun, noon } from './builders';
import type { Answer } from './http-calls';
import type { Rest } from './rest';

/** What a tenant has, by the names that paths, queries and arguments call it by. */
export interface Ids {
  readonly workflow_id: string;
  readonly version: string;
  readonly run_id: string;
  readonly endpoint_id: string;
  readonly delivery_id: string;
  readonly token_id: string;
}

/** Ids of the same form that no tenant ever had. */
export const never: Ids = {
  workflow_id: '77',
  version: '77',
  run_id: '77',
  endpoint_id: 'ep_0000000000',
  delivery_id: `dlv_${'0'.repeat(38)}`,
  token_id: `tok_${'0'.repeat(26)}`,
};

/** Both the plain REST API and the one with people. */
type Door = Pick<Rest, 'call' | 'deps' | 'aToken'>;

interface Owner {
  readonly id: string;
  readonly token: string;
}

/** Gives a tenant one or more of everything there is. */
export async function belongings(rest: Door, { id, token }: Owner, name: string): Promise<Ids> {
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
  const { body: deliveries } = await rest.call('GET', '/api/v1/webhook-deliveries', { token });
  return {
    workflow_id: '3',
    version: '1',
    run_id: '2',
    endpoint_id: endpoint.id,
    delivery_id: deliveries.data[0].id,
    token_id: (await rest.deps.tokens.list(id))[0]!.id,
  };
}

/** So much of everything that each list has a second page. */
export async function moreBelongings(rest: Door, owner: Owner, name: string): Promise<Ids> {
  const { token } = owner;
  const ids = await belongings(rest, owner, name);
  await rest.call('PUT', '/api/v1/workflows/3', { token, body: { name: 'Second', recipe: aRecipe() } });
  const url = `https://${name}.example.com/two`;
  await rest.call('POST', '/api/v1/webhook-endpoints', { token, body: { url, events: ['*'] } });
  await rest.call('POST', `/api/v1/webhook-endpoints/${ids.endpoint_id}/test`, { token });
  await rest.aToken(owner.id);
  return ids;
}

/** An answer without what differs from request to request. */
export function comparable({ status, headers, body }: Answer) {
  const { 'x-request-id': _header, ...otherHeaders } = headers;
  const { request_id: _id, ...otherBody } = Object(body);
  return { status, headers: otherHeaders, body: typeof body === 'object' ? otherBody : body };
}

/** The same without ids that the product made up, and without `names`. */
export function withoutNames<T>(answer: T, ...names: readonly string[]): T {
  const text = names
    .reduce((some, name) => some.replaceAll(name, 'stranger'), JSON.stringify(answer))
    .replaceAll(/(ep_|tok_|dlv_|whsec_|cwf_pat_|run_(?=[0-9A-Z]))[\w+/=]+/g, '$1…')
    .replaceAll(/(\\?"(?:id|request_id)\\?":\\?")[\w-]+/g, '$1…');
  return JSON.parse(text);
}
