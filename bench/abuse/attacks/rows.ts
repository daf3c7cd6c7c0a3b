import type { AbusedStack } from '../stack/start-stack';
import { signIn } from '../stack/sign-in';
import type { Attack } from './attack';
import { logs, newTenant, rest, type Tenant } from './attacker';

const connections = 10;
/** The message with which a record of 32 steps is nearly as large as it may be. */
const longMessage = 'y'.repeat(3_900);

/** Creates workflows, each of which has run once. The record of the run is as large as it may be. */
async function ranWorkflows(tenant: Tenant, count: number): Promise<number> {
  let runId = 0;
  for (let begun = 0; begun < count; begun += 10) {
    const batch = Array.from({ length: Math.min(10, count - begun) }, async () => {
      const workflowId = await tenant.newWorkflow(logs(32, '{{input.a}}'));
      runId = await tenant.startRun(workflowId, { a: longMessage });
    });
    await Promise.all(batch);
  }
  await tenant.send('GET', `/api/v1/workflow-runs/${runId}?wait_seconds=20`);
  return runId;
}

/** What a tenant reads and keeps in the table. */
export const rowAttacks: readonly Attack[] = [
  {
    name: 'lists',
    preparedOnce: true,
    what: 'GET /workflows?limit=100 again and again, where the last run of each has a large record',
    by: 'tenant',
    connections,
    priced: { admitted: 'list of 100 workflows', refused: 'refused above the rate' },
    bound: 'requests',
    prepare: async (stack) => {
      const tenant = await newTenant(stack);
      await ranWorkflows(tenant, 100);
      return { requests: [rest(tenant.token, 'GET', '/api/v1/workflows?limit=100')] };
    },
  },
  {
    name: 'large-runs',
    preparedOnce: true,
    what: 'reads of a run with the largest record, again and again',
    by: 'tenant',
    connections,
    priced: { admitted: 'read of the largest run', refused: 'refused above the rate' },
    bound: 'requests',
    prepare: async (stack) => {
      const tenant = await newTenant(stack);
      const runId = await ranWorkflows(tenant, 1);
      return { requests: [rest(tenant.token, 'GET', `/api/v1/workflow-runs/${runId}`)] };
    },
  },
  {
    name: 'permanent',
    what: 'tokens, workflows, versions of 60 KB and endpoints created without end',
    by: 'tenant',
    connections,
    priced: { admitted: 'version of 60 KB', refused: 'refused at a limit' },
    bound: 'limits of rows',
    prepare: (stack) => everythingPermanent(stack),
  },
  {
    name: 'burst',
    what: 'all 1,000 runs of the daily cap at once, each of 50 log steps',
    by: 'tenant',
    connections,
    priced: { admitted: 'run of 50 log steps', refused: 'refused at a limit' },
    bound: 'daily cap',
    prepare: async (stack) => {
      const tenant = await newTenant(stack);
      const workflowId = await tenant.newWorkflow(logs(50));
      return { requests: [rest(tenant.token, 'POST', `/api/v1/workflows/${workflowId}/runs`, {})], most: 1_000 };
    },
  },
];

/** A person creates the tokens, because a token may not; that person's tenant is the seeded one of the plan pro. */
async function everythingPermanent(stack: AbusedStack) {
  const { connection } = stack;
  const [pro, tenant] = [connection.tenants['pro'], await newTenant(stack)];
  const manager = pro?.users.find(({ permissions }) => permissions.includes('manage_agents'));
  if (manager === undefined) throw new Error('The local run has no manager on the plan pro');
  const idToken = await signIn(connection.api_url, manager.email, manager.password);
  const workflowId = await tenant.newWorkflow(logs(1));
  const recipe = (word: string) => ({ steps: [...logs(14, 'x'.repeat(4_000)), ...logs(1, word)] });
  return {
    requests: [
      rest(idToken, 'POST', '/api/v1/tokens', { name: 'T', kind: 'pat', expires_in_days: null }),
      rest(tenant.token, 'POST', '/api/v1/workflows', { name: 'More', recipe: { steps: logs(1) } }),
      rest(tenant.token, 'PUT', `/api/v1/workflows/${workflowId}`, { name: 'Abuse', recipe: recipe('<made-up word>') }),
      rest(tenant.token, 'POST', '/api/v1/webhook-endpoints', {
        url: `${connection.inbox_endpoint_url}?n=<made-up word>`,
        events: ['a.b'],
      }),
    ],
  };
}
