import type { Channel, Plan } from '../../../functions/domain/tenant/plan';
import type { Me } from '../api/routes';

/** The channels through which workflows can be used, as the dashboard names them. */
export const channelNames: Readonly<Record<Channel, string>> = {
  dashboard: 'Dashboard',
  rest_api: 'REST API',
  mcp: 'MCP',
};

/** True if the tenant's plan includes workflows through `channel`. */
export function planIncludes({ tenant, plans }: Pick<Me, 'tenant' | 'plans'>, channel: Channel): boolean {
  return plans.some(({ plan, channels }) => plan === tenant.plan && channels.includes(channel));
}

/** The smallest plan with workflows through `channel`. Every plan above it has them too. */
export function smallestPlanWith({ tenant, plans }: Pick<Me, 'tenant' | 'plans'>, channel: Channel): Plan {
  return plans.find(({ channels }) => channels.includes(channel))?.plan ?? tenant.plan;
}
