import { planIncludes, smallestPlanWith } from '../../dashboard/src/session/plans';
import { planSchema, planTitle, plans, requirePlan, viewPlans } from '../../functions/domain/tenant/plan';

const on = (plan: (typeof planSchema.options)[number]) => ({
  tenant: { id: 'acme', name: 'Acme', plan, authoring: true },
  plans: viewPlans(),
});

test.each(planSchema.options)('the dashboard allows %s exactly what the table of plans allows', (plan) => {
  for (const channel of ['dashboard', 'mcp', 'rest_api'] as const)
    expect(planIncludes(on(plan), channel)).toBe(plans[plan].channels.includes(channel));
});

test.each(['dashboard', 'mcp', 'rest_api'] as const)(
  'for %s the dashboard names the same plan as the API',
  (channel) => {
    const smallest = planTitle(smallestPlanWith(on('starter'), channel));

    expect(() => requirePlan('starter', channel)).toThrow(`the ${smallest} plan or above`);
  },
);
