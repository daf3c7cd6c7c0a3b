import { allOf } from '../../functions/domain/in-words';
import { auditIds } from '../../functions/domain/tenant/audit-ids';
import { withImplied, type Permission } from '../../functions/domain/tenant/member';
import { planSchema, planTitle, runningPlans, type Plan } from '../../functions/domain/tenant/plan';
import type { DemoUser } from '../sign-in/demo-users';
import { auditFirstStart } from './audit';
import type { Stores } from './stores';
import { seedTenants } from './tenants';

interface SeedMember {
  readonly email: string;
  readonly permissions: readonly Permission[];
}

/** A member of two tenants, with whom a newcomer can see how a person chooses one. */
const consultant: SeedMember = { email: 'consultant@example.com', permissions: withImplied(['manage_agents']) };
const consultantsPlans: readonly Plan[] = ['growth', 'pro'];

/** The members that a seeded tenant has at first. */
export function membersOf(tenantId: string): readonly SeedMember[] {
  return [
    { email: `manager@${tenantId}.example.com`, permissions: withImplied(['manage_agents']) },
    { email: `viewer@${tenantId}.example.com`, permissions: withImplied(['viewer']) },
    ...(consultantsPlans.some((plan) => plan === tenantId) ? [consultant] : []),
  ];
}

/** The plan that shows most comes first, because a newcomer clicks there, and those without workflows come last. */
const shownPlans = new Set<Plan>(['pro', ...runningPlans, ...planSchema.options]);
const shownTenants = [...shownPlans].flatMap((plan) => seedTenants.filter((tenant) => tenant.plan === plan));

/** All seeded users in the order of the sign-in page. */
export const seedUsers: readonly DemoUser[] = [
  ...shownTenants.flatMap(({ id, name }) =>
    membersOf(id)
      .filter((member) => member !== consultant)
      .map(({ email, permissions }) => ({ email, group: name, note: noteOf(permissions) })),
  ),
  {
    email: consultant.email,
    group: 'In several tenants',
    note: `${noteOf(consultant.permissions)} · ${allOf(consultantsPlans.map(planTitle))}`,
  },
];

export async function seedMembers(stores: Stores, tenantId: string, now: Date): Promise<void> {
  for (const { email, permissions } of membersOf(tenantId)) {
    const added = { tenant_id: tenantId, email, permissions: [...permissions], created_at: now.toISOString() };
    await stores.members.add(added);
    const { created_at: at } = (await stores.members.get(tenantId, email)) ?? added;
    await auditFirstStart(stores, tenantId, {
      id: auditIds.memberAdded(email, at),
      at,
      action: 'member.added',
      target: `member ${email}`,
    });
  }
}

function noteOf(permissions: readonly Permission[]): string {
  return permissions.includes('manage_agents') ? 'Manage agents' : 'Viewer';
}
