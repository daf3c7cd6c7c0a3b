import { planSchema, planTitle, type Plan } from '../../functions/domain/tenant/plan';

export interface SeededTenant {
  readonly plan: Plan;
  readonly id: string;
  readonly name: string;
}

/** One tenant of each plan, named after it. */
export const seedTenants: readonly SeededTenant[] = planSchema.options.map((plan) => ({
  plan,
  id: plan,
  name: `${planTitle(plan)} tenant`,
}));
