import { endpointSecretStore } from '../../../functions/aws/endpoint/secrets';
import { deliveryKey } from '../../../functions/aws/keys';
import type { Database } from '../../../functions/aws/database';
import { newSigningSecret } from '../../../functions/domain/endpoint/signature';
import { interceptDatabase } from '../../support/requests';
import type { Rest } from '../../support/rest';
import { overwrite } from '../../support/table';
import { aRecipe } from '../../support/builders';

/** What a test may break, and what a call changed. */
export interface World {
  readonly rest: Rest;
  readonly effects: string[];
}

/** A POST that honours an Idempotency-Key, in a tenant that was arranged for it. */
export interface KeyedCall {
  readonly tenantId: string;
  readonly target: string;
  readonly body?: object;
  /** A member's ID token, or an access token. */
  readonly token: string;
  /** Status of the answer. */
  readonly status: number;
  /** What the call changes, however often it is repeated. */
  readonly effects: readonly string[];
  /** What may happen before the call is repeated, after which a second effect would be possible. */
  readonly meanwhile?: () => Promise<unknown>;
}

const endpoints = '/api/v1/webhook-endpoints';
const hook = { url: 'https://hooks.example.com/in', events: ['*'] };

/** Every call that honours a key, besides those that start runs. */
export const keyedCalls: Readonly<Record<string, (world: World) => Promise<KeyedCall>>> = {
  createWorkflow: async ({ rest }) => {
    const { id: tenantId, token } = await rest.aTenant();
    const body = { name: 'Spring Promo', recipe: aRecipe() };
    return { tenantId, token, target: '/api/v1/workflows', body, status: 201, effects: ['workflow made'] };
  },
  createToken: async ({ rest }) => {
    const { id: tenantId } = await rest.aTenant();
    const body = { name: 'CI', scopes: ['workflows:run'] };
    const token = rest.aMember(tenantId);
    return { tenantId, token, target: '/api/v1/tokens', body, status: 201, effects: ['token made'] };
  },
  createWebhookEndpoint: async ({ rest }) => {
    const { id: tenantId, token } = await rest.aTenant();
    return { tenantId, token, target: endpoints, body: hook, status: 201, effects: ['endpoint made'] };
  },
  testWebhookEndpoint: async (world) => {
    const { path, ...tenant } = await anEndpoint(world);
    const body = { payload: { text: 'hello' } };
    return { ...tenant, target: `${path}/test`, body, status: 202, effects: ['delivery made'] };
  },
  redeliverWebhook: async (world) => {
    const { path, ...tenant } = await anEndpoint(world);
    const [id = ''] = await failedDeliveries(world, { path, ...tenant }, 1);
    return {
      ...tenant,
      target: `/api/v1/webhook-deliveries/${id}/redeliver`,
      status: 202,
      effects: [`${id} sent again`],
      meanwhile: () => fail(world, tenant.tenantId, [id]),
    };
  },
  redeliverFailedWebhooks: async (world) => {
    const { path, ...tenant } = await anEndpoint(world);
    const ids = await failedDeliveries(world, { path, ...tenant }, 3);
    return {
      ...tenant,
      target: `${path}/redeliver-failed?since=2026-11-22T00:00:00Z&confirm=true`,
      status: 202,
      effects: ids.map((id) => `${id} sent again`).sort(),
      meanwhile: () => fail(world, tenant.tenantId, ids),
    };
  },
  rotateWebhookSecret: async (world) => {
    const { path, ...tenant } = await anEndpoint(world);
    return { ...tenant, target: `${path}/rotate-secret`, status: 200, effects: ['secret rotated'] };
  },
  expirePreviousSecret: async (world) => {
    const { path, ...tenant } = await anEndpoint(world);
    await world.rest.call('POST', `${path}/rotate-secret`, { token: tenant.token });
    const meanwhile = () =>
      endpointSecretStore(world.rest.table).rotate(tenant.tenantId, path.slice(endpoints.length + 1), {
        secret: newSigningSecret(),
        key: undefined,
        now: world.rest.clock.now(),
      });
    return { ...tenant, target: `${path}/expire-previous-secret`, status: 200, effects: ['secret ended'], meanwhile };
  },
  cancelRun: async ({ rest }) => {
    const { id: tenantId, token } = await rest.aTenant();
    await rest.aWorkflow(tenantId);
    await rest.call('POST', '/api/v1/workflows/1/runs', { token });
    return { tenantId, token, target: '/api/v1/workflow-runs/1/cancel', status: 200, effects: ['run cancelled'] };
  },
};

/** Notes what changes the table, once it has: a write that was refused changed nothing. */
export function noting(database: Database, effects: string[]): Database {
  return interceptDatabase(database, async ({ input }, send) => {
    const answer = await send();
    effects.push(...effectOf(input));
    return answer;
  });
}

function effectOf({ Item, Key, UpdateExpression: update = '', ExpressionAttributeValues: values = {} }: any): string[] {
  const { pk = '', sk = '' } = Item ?? Key ?? {};
  if (Item !== undefined) {
    if (/^WORKFLOW#/.test(sk)) return ['workflow made'];
    if (/^TOKEN#/.test(pk)) return ['token made'];
    if (/^ENDPOINT#/.test(sk)) return ['endpoint made'];
    return /^DELIVERY#/.test(sk) ? ['delivery made'] : [];
  }
  if (values[':replay'] !== undefined) return [`dlv_${sk.slice('DELIVERY#'.length)} sent again`];
  if (update.includes('rotated_at')) return ['secret rotated'];
  if (update.includes('REMOVE previous_secret')) return ['secret ended'];
  return Object.values(values).includes('cancelled') ? ['run cancelled'] : [];
}

type Owner = Pick<KeyedCall, 'tenantId' | 'token'> & { readonly path: string };

async function anEndpoint({ rest }: World): Promise<Owner> {
  const { id: tenantId, token } = await rest.aTenant();
  const { id } = (await rest.call('POST', endpoints, { token, body: hook })).body;
  return { tenantId, token, path: `${endpoints}/${id}` };
}

async function failedDeliveries(world: World, { tenantId, token, path }: Owner, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1)
    ids.push((await world.rest.call('POST', `${path}/test`, { token })).body.id);
  await fail(world, tenantId, ids);
  return ids.sort();
}

/** Ends deliveries, as if the attempt that they waited for had failed. */
async function fail({ rest }: World, tenantId: string, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await overwrite(rest.table, deliveryKey(tenantId, id), { status: 'failed', ended_reason: 'attempts_exhausted' });
}
