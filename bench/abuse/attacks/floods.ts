import type { AttackRequest } from '../load/plan';
import type { AbusedStack } from '../stack/start-stack';
import type { Attack } from './attack';
import { allScopes, logs, mcp, newTenant, rest, type Tenant } from './attacker';

const connections = 10;
const path = '/api/v1/workflows?limit=100';

function flood(
  name: string,
  what: string,
  bound: Attack['bound'],
  requestsOf: (tenant: Tenant) => Promise<readonly AttackRequest[]>,
): Attack {
  const prepare = async (stack: AbusedStack) => {
    const tenant = await newTenant(stack);
    await tenant.newWorkflow(logs(1));
    return { requests: await requestsOf(tenant) };
  };
  const priced = { admitted: 'list of few workflows', refused: 'refused above the rate' } as const;
  return { name, what, by: 'tenant', connections, priced, bound, prepare };
}

/** A tenant that sends as fast as it can. */
export const tenantFloods: readonly Attack[] = [
  flood('one-token', 'lists over REST as fast as possible, with one token', 'requests', (tenant) =>
    Promise.resolve([rest(tenant.token, 'GET', path)]),
  ),
  flood('several-tokens', 'lists over REST as fast as possible, with five tokens', 'requests', async (tenant) => {
    const tokens = await Promise.all(Array.from({ length: 4 }, () => tenant.newToken(allScopes)));
    return [tenant.token, ...tokens].map((token) => rest(token, 'GET', path));
  }),
  flood('mcp', 'tool calls over MCP as fast as possible', 'requests', (tenant) =>
    Promise.resolve([mcp(tenant.mcpToken, 'list_workflows', {})]),
  ),
];
