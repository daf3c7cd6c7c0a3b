import type { Me } from '../../api/routes';
import { planIncludes } from '../../session/plans';

/** Why a person cannot approve an app for a tenant: the API would refuse it with `plan_required` or `permission_required`. */
export type Obstacle = 'plan' | 'permission';

/** The plan comes first, because in a tenant without MCP nobody can approve an app, whatever their permission. */
export function obstacleFor(me: Me): Obstacle | undefined {
  if (!planIncludes(me, 'mcp')) return 'plan';
  return me.principal.permissions.includes('manage_agents') ? undefined : 'permission';
}
