import type { Answer } from '../e2e/stack';
import type { Place } from './local-run';

/** The callers of one tenant. */
export interface Crowd {
  readonly id: string;
  readonly token: string;
  readonly trigger: (key: string | undefined) => Promise<Answer>;
}

const scopes = 'workflows:read,workflows:run,workflows:write,webhooks:read,webhooks:write';
const recipe = {
  steps: [
    { type: 'log', message: 'Run {{input.n}}' },
    { type: 'delay', seconds: 2 },
    { type: 'fire_webhook_event', event: 'load.performed', payload: { by: 'the load test' } },
  ],
};

/** A custom tenant with a workflow of two segments and an endpoint that hears of each run. */
export async function crowd(place: Place, id: string): Promise<Crowd> {
  await place.operate('tenants', 'create', id, '--name', id, '--plan', 'custom', '--authoring');
  const { token } = await place.operate('tokens', 'create', id, '--kind', 'pat', '--name', 'crowd', '--scopes', scopes);
  const post = (path: string, body: unknown) => place.stack.call('POST', `/api/v1/${path}`, { token, body });
  const url = place.stack.connection.inbox_endpoint_url;
  const endpoint = await post('webhook-endpoints', { url, events: ['load.performed'] });
  const workflow = await post('workflows', { name: 'Load', recipe });
  if (endpoint.status !== 201 || workflow.status !== 201) throw new Error(`${id} could not be set up`);
  return {
    id,
    token,
    trigger: (key) =>
      place.stack.call('POST', `/api/v1/workflows/${workflow.body.id}/runs`, {
        token,
        body: { input: { n: 1 } },
        ...(key !== undefined && { headers: { 'idempotency-key': key } }),
      }),
  };
}
