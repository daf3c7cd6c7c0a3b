import * as z from 'zod/mini';
import { ProductError } from '../errors';

export const planSchema = z.enum(['starter', 'growth', 'pro', 'custom']);
export type Plan = z.infer<typeof planSchema>;

/** How a caller reaches the product. Written on each run as `triggered_by.channel`. */
export const channelSchema = z.enum(['dashboard', 'rest_api', 'mcp']);
export type Channel = z.infer<typeof channelSchema>;

interface PlanRules {
  /** Accepted runs per UTC day; `null` is unlimited unless the tenant has a number of its own. */
  readonly dailyRunCap: number | null;
  /** Doors through which workflows can be used. */
  readonly channels: readonly Channel[];
}

/** Who may run, and how often: the product page's plan table. */
export const plans: Readonly<Record<Plan, PlanRules>> = {
  starter: { dailyRunCap: 0, channels: [] },
  growth: { dailyRunCap: 100, channels: ['dashboard', 'mcp'] },
  pro: { dailyRunCap: 1000, channels: ['dashboard', 'mcp', 'rest_api'] },
  custom: { dailyRunCap: null, channels: ['dashboard', 'mcp', 'rest_api'] },
};

/** Plans whose tenants may use workflows through `channel`. */
export function plansFor(channel: Channel): readonly Plan[] {
  return planSchema.options.filter((plan) => plans[plan].channels.includes(channel));
}

const whatWorks: Readonly<Record<Channel, string>> = {
  dashboard: 'Workflows need the Growth plan or above.',
  mcp: 'Workflows over MCP need the Growth plan or above.',
  rest_api: 'The REST API needs the Pro plan or above; on Growth, run workflows from the dashboard or over MCP.',
};

/**
 * Refuses a plan that does not include `channel`.
 *
 * @throws ProductError `plan_required`, naming what would work
 */
export function requirePlan(plan: Plan, channel: Channel): void {
  if (plans[plan].channels.includes(channel)) return;
  throw new ProductError('plan_required', `${whatWorks[channel]} This tenant is on ${plan}.`);
}
