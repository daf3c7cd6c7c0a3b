import type { AbusedStack } from '../stack/start-stack';
import type { Attack, PreparedAttack } from './attack';
import { delays, mcp, newTenant, rest, type Tenant } from './attacker';

/** Requests that ask to wait for runs that do not end. */
export const waitingAttacks: readonly Attack[] = [
  {
    name: 'waits',
    what: '300 waits at once with one read-only token, over REST',
    by: 'tenant',
    connections: 300,
    priced: { admitted: 'read of a run that asks to wait', refused: 'refused above the rate' },
    bound: 'waits',
    prepare: (stack) =>
      beside(stack, 300, async (tenant, _workflowId, runId) => {
        const readOnly = await tenant.newToken('workflows:read');
        return [rest(readOnly, 'GET', `/api/v1/workflow-runs/${runId}?wait_seconds=20`)];
      }),
  },
  {
    name: 'replays',
    what: '150 waiting MCP calls with one idempotency key',
    by: 'tenant',
    connections: 150,
    priced: { admitted: 'replay', refused: 'refused above the rate' },
    bound: 'waits',
    prepare: (stack) =>
      beside(stack, 150, (tenant, workflowId) => {
        const call = { workflow_id: workflowId, idempotency_key: 'the-same', wait_seconds: 20 };
        return Promise.resolve([mcp(tenant.mcpToken, 'trigger_workflow', call)]);
      }),
  },
];

/** Prepares requests about a run that lasts 25 minutes, and cancels the tenant's runs afterwards. */
async function beside(
  stack: AbusedStack,
  most: number,
  requestsOf: (tenant: Tenant, workflowId: number, runId: number) => Promise<PreparedAttack['requests']>,
): Promise<PreparedAttack> {
  const tenant = await newTenant(stack);
  const workflowId = await tenant.newWorkflow(delays());
  const runId = await tenant.startRun(workflowId);
  return {
    requests: await requestsOf(tenant, workflowId, runId),
    most,
    after: () => tenant.cancelRuns(workflowId),
  };
}
