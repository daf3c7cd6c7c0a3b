import { withImplied, type Permission } from '../../functions/domain/tenant/member';
import type { Plan } from '../../functions/domain/tenant/plan';
import type { DemoUser } from '../sign-in/demo-users';
import type { Stores } from './stores';
import { seedTenants } from './tenants';

interface SeedMember {
  readonly email: string;
  readonly permissions: readonly Permission[];
}

/** A member of two tenants, with whom a newcomer can see how a person chooses one. */
const consultant: SeedMember = { email: 'consultant@example.com', permissions: withImplied(['manage_agents']) };
const consultantsTenants: readonly string[] = ['growth', 'pro'];

/** The members that a seeded tenant has at first. */
export function membersOf(tenantId: string): readonly SeedMember[] {
  return [
    { email: `manager@${tenantId}.example.com`, permissions: withImplied(['manage_agents']) },
    { email: `viewer@${tenantId}.example.com`, permissions: withImplied(['viewer']) },
    ...(consultantsTenants.includes(tenantId) ? [consultant] : []),
  ];
}

/** Plans in the order of the sign-in page, with the most features first, because newcomers click the first user. */
const shownPlans: readonly Plan[] = ['pro', 'growth', 'custom', 'starter'];
const shownTenants = shownPlans.flatMap((plan) => seedTenants.filter((tenant) => tenant.plan === plan));

/** All seeded users in the order of the sign-in page. */
export const seedUsers: readonly DemoUser[] = [
  ...shownTenants.flatMap(({ id, name }) =>
    membersOf(id)
      .filter((member) => member !== consultant)
      .map(({ email, permissions }) => ({ email, group: name, note: noteOf(permissions) })),
  ),
  { email: consultant.email, group: 'In several tenants', note: `${noteOf(consultant.permissions)} · Growth and Pro` },
];

export async function seedMembers(stores: Stores, tenantId: string, now: Date): Promise<void> {
  for (const { email, permissions } of membersOf(tenantId)) {
    await stores.members.add({
      tenant_id: tenantId,
      email,
      permissions: [...permissions],
      created_at: now.toISOString(),
    });
  }
}

function noteOf(permissions: readonly Permission[]): string {
  return permissions.includes('manage_agents') ? 'Manage agents' : 'Viewer';
}
