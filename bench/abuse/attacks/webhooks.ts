import { hostPerSecond } from '../../../functions/domain/delivery/pace';
import type { AbusedStack } from '../stack/start-stack';
import type { Attack } from './attack';
import { newTenant, rest, type Tenant } from './attacker';

/** What one run sends: all of these events to all of these endpoints. */
const [events, endpoints] = [10, 49];

/** Webhooks at a host that nobody proved to own. */
export const webhookAttacks: readonly Attack[] = [
  {
    name: 'amplified',
    preparedOnce: true,
    what: `a run that sends ${events} events to ${endpoints} endpoints of one host, which gets ${hostPerSecond} a second`,
    by: 'tenant',
    connections: 1,
    priced: { admitted: 'run of 490 deliveries', refused: 'refused above the rate' },
    bound: 'daily cap',
    prepare: async (stack) => {
      const tenant = await newTenant(stack);
      await stack.operate('limits', 'set', tenant.id, 'endpoints_per_host', '50');
      await subscribe(stack, tenant, endpoints, '200');
      const step = { type: 'fire_webhook_event', event: 'amp.x', payload: { p: 'x'.repeat(5_000) } };
      const workflowId = await tenant.newWorkflow(Array.from({ length: events }, () => step));
      return { requests: [rest(tenant.token, 'POST', `/api/v1/workflows/${workflowId}/runs`, {})], most: 1 };
    },
  },
  {
    name: 'tests',
    what: 'test events and redeliveries without end, to a receiver that always fails',
    by: 'tenant',
    connections: 10,
    priced: { admitted: 'failing delivery', refused: 'refused above the rate' },
    bound: 'hourly limits',
    prepare: async (stack) => {
      const tenant = await newTenant(stack);
      const [endpointId = ''] = await subscribe(stack, tenant, 1, '410');
      const since = encodeURIComponent(new Date(Date.now() - 3_600_000).toISOString());
      const path = `/api/v1/webhook-endpoints/${endpointId}`;
      const again = `${path}/redeliver-failed?since=${since}&confirm=true`;
      return {
        requests: [rest(tenant.token, 'POST', `${path}/test`, {}), rest(tenant.token, 'POST', again, {})],
      };
    },
  },
];

/** @returns the ids of the endpoints */
async function subscribe(
  { connection }: AbusedStack,
  tenant: Tenant,
  count: number,
  respond: string,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const url = `${connection.inbox_endpoint_url}?respond=${respond}&of=${tenant.id}&n=${index}`;
    const made = await tenant.send('POST', '/api/v1/webhook-endpoints', { url, events: ['amp.x'] });
    ids.push(readId(made));
  }
  return ids;
}

function readId(made: unknown): string {
  return typeof made === 'object' && made !== null && 'id' in made ? String(made.id) : '';
}
