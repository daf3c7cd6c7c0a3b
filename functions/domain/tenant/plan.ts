import * as z from 'zod/mini';
import { ProductError } from '../errors';
import { anyOf } from '../in-words';

/** How a caller reaches the product. Each run records it as `triggered_by.channel`. */
export const channelSchema = z.enum(['dashboard', 'rest_api', 'mcp']);
export type Channel = z.infer<typeof channelSchema>;

interface PlanRules {
  /** Accepted runs per UTC day; `null` means unlimited unless the tenant has a cap of its own. */
  readonly dailyRunCap: number | null;
  /**
   * Requests a minute of one tenant over all channels, unless an operator set another number. The dashboard alone sends up to
   * 60 a minute from each open page, and the whole cap may be started within one minute. At this rate, the dearest request
   * costs less than ten times what the runs of the daily cap may cost; `npm run abuse` has the arithmetic.
   */
  readonly requestsPerMinute: number;
  /** The doors through which workflows can be used. */
  readonly channels: readonly Channel[];
}

/**
 * Who may run, and how often: the product page's plan table. A new plan is one line here, because everything else that
 * names plans reads this table. Plans are listed from the smallest to the largest, and each has at least the doors of the
 * one before it.
 */
const planTable = {
  starter: { dailyRunCap: 0, requestsPerMinute: 300, channels: [] },
  growth: { dailyRunCap: 100, requestsPerMinute: 750, channels: ['dashboard', 'mcp'] },
  pro: { dailyRunCap: 1000, requestsPerMinute: 6_000, channels: ['dashboard', 'mcp', 'rest_api'] },
  custom: { dailyRunCap: null, requestsPerMinute: 7_500, channels: ['dashboard', 'mcp', 'rest_api'] },
} satisfies Readonly<Record<string, PlanRules>>;
export type Plan = keyof typeof planTable;

export const plans: Readonly<Record<Plan, PlanRules>> = planTable;
export const planSchema = z.enum(Object.keys(planTable).filter(isPlan));

/** Plans whose tenants may start runs, through one door or another. */
export const runningPlans: readonly Plan[] = planSchema.options.filter((plan) => plans[plan].channels.length > 0);

/** A plan as the API lists it. `daily_run_cap` is null when unlimited. */
export const planViewSchema = z.object({
  plan: planSchema,
  daily_run_cap: z.nullable(z.int()),
  channels: z.array(channelSchema),
});
export type PlanView = z.infer<typeof planViewSchema>;

/** All plans, from the smallest to the largest. */
export function viewPlans(): PlanView[] {
  return planSchema.options.map((plan) => {
    const { dailyRunCap, channels } = plans[plan];
    return { plan, daily_run_cap: dailyRunCap, channels: [...channels] };
  });
}

/** True if tenants on `plan` may use workflows through `channel`. */
export function planIncludes(plan: Plan, channel: Channel): boolean {
  return plans[plan].channels.includes(channel);
}

/** Plans whose tenants may use workflows through `channel`, the smallest first. */
export function plansFor(channel: Channel): readonly Plan[] {
  return planSchema.options.filter((plan) => planIncludes(plan, channel));
}

/** As people write it: `Growth`. */
export function planTitle(plan: Plan): string {
  return plan.charAt(0).toUpperCase() + plan.slice(1);
}

const needs: Readonly<Record<Channel, string>> = {
  dashboard: 'Workflows need',
  mcp: 'Workflows over MCP need',
  rest_api: 'The REST API needs',
};

const throughDoor: Readonly<Record<Channel, string>> = {
  dashboard: 'from the dashboard',
  mcp: 'over MCP',
  rest_api: 'over the REST API',
};

/**
 * Refuses if the plan does not include `channel`.
 *
 * @throws ProductError `plan_required`, which names the plans that would work
 */
export function requirePlan(plan: Plan, channel: Channel): void {
  if (planIncludes(plan, channel)) return;
  const [smallest = plan] = plansFor(channel);
  const open = plans[plan].channels.map((other) => throughDoor[other]);
  const instead = open.length === 0 ? '' : `; on ${planTitle(plan)}, run workflows ${anyOf(open)}`;
  throw new ProductError(
    'plan_required',
    `${needs[channel]} the ${planTitle(smallest)} plan or above${instead}. This tenant is on ${plan}.`,
  );
}

function isPlan(name: string): name is Plan {
  return Object.hasOwn(planTable, name);
}
