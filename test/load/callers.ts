import type { Answer, CallOptions } from '../e2e/stack';
import type { History } from './history/record';
import type { Asked } from './history/operation';
import type { LocalRun } from './local-run';

/** Sends the requests of one tenant. */
export interface TenantCaller {
  readonly id: string;
  readonly token: string;
  /** Starts the workflow of the tenant. */
  readonly trigger: (client: string, key: string | undefined) => Promise<Answer>;
  /**
   * Sends any other request with a second token. The local run works on a few requests of one token at a time, so with
   * the first one a read would wait until the triggers before it were answered.
   */
  readonly ask: (client: string, asked: Asked, method: string, path: string, options?: CallOptions) => Promise<Answer>;
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
export async function createCaller(localRun: LocalRun, id: string, history: History): Promise<TenantCaller> {
  await localRun.operate('tenants', 'create', id, '--name', id, '--plan', 'custom', '--authoring');
  const aToken = async (name: string): Promise<string> => {
    const options = ['--kind', 'pat', '--name', name, '--scopes', scopes];
    return (await localRun.operate('tokens', 'create', id, ...options)).token;
  };
  const [token, secondToken] = [await aToken('load'), await aToken('beside')];
  const post = (path: string, body: unknown) => localRun.stack.call('POST', `/api/v1/${path}`, { token, body });
  const url = localRun.stack.connection.inbox_endpoint_url;
  const endpoint = await post('webhook-endpoints', { url, events: ['load.performed'] });
  const workflow = await post('workflows', { name: 'Load', recipe });
  if (endpoint.status !== 201 || workflow.status !== 201) throw new Error(`Tenant ${id} could not be set up`);
  return {
    id,
    token,
    trigger: (client, key) =>
      history.record({ tenant: id, client }, { operation: 'trigger', key }, () =>
        localRun.stack.call('POST', `/api/v1/workflows/${workflow.body.id}/runs`, {
          token,
          body: { input: { n: 1 } },
          headers: withKey(key),
        }),
      ),
    ask: (client, asked, method, path, options) =>
      history.record({ tenant: id, client }, asked, () =>
        localRun.stack.call(method, `/api/v1/${path}`, { token: secondToken, ...options }),
      ),
  };
}

export function withKey(key: string | undefined): Record<string, string> {
  return key === undefined ? {} : { 'idempotency-key': key };
}
