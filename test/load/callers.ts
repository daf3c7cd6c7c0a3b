import type { Answer } from '../e2e/stack';
import type { LocalRun } from './local-run';

/** Sends the triggers of one tenant. */
export interface TenantCaller {
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

/**
 * Creates a tenant on the custom plan with a workflow of two segments and an endpoint that gets an event from each run.
 */
export async function createCaller(localRun: LocalRun, id: string): Promise<TenantCaller> {
  await localRun.operate('tenants', 'create', id, '--name', id, '--plan', 'custom', '--authoring');
  const { token } = await localRun.operate(
    'tokens',
    'create',
    id,
    '--kind',
    'pat',
    '--name',
    'load',
    '--scopes',
    scopes,
  );
  const post = (path: string, body: unknown) => localRun.stack.call('POST', `/api/v1/${path}`, { token, body });
  const url = localRun.stack.connection.inbox_endpoint_url;
  const endpoint = await post('webhook-endpoints', { url, events: ['load.performed'] });
  const workflow = await post('workflows', { name: 'Load', recipe });
  if (endpoint.status !== 201 || workflow.status !== 201) throw new Error(`Tenant ${id} could not be set up`);
  return {
    id,
    token,
    trigger: (key) =>
      localRun.stack.call('POST', `/api/v1/workflows/${workflow.body.id}/runs`, {
        token,
        body: { input: { n: 1 } },
        ...(key !== undefined && { headers: { 'idempotency-key': key } }),
      }),
  };
}
