import { obstacleFor } from '../../dashboard/src/pages/connect/obstacle';
import { reasonOf } from '../../dashboard/src/pages/access-tokens/connected-apps/reason-of';
import { appEndSchema } from '../../functions/domain/tenant/connected-app';
import type { Permission } from '../../functions/domain/tenant/member';
import { planSchema, viewPlans, type Plan } from '../../functions/domain/tenant/plan';

const member = (plan: Plan, permissions: readonly Permission[]) => ({
  tenant: { id: 'acme', name: 'Acme', plan, authoring: true },
  tenants: [{ id: 'acme', name: 'Acme' }],
  principal: { channel: 'dashboard' as const, name: 'ada@acme.example', permissions, scopes: [] },
  plans: viewPlans(),
});

test.each(planSchema.options)(
  'on the plan %s an app can be approved by those who manage agents, if it has MCP',
  (plan) => {
    const withoutMcp = plan === 'starter';

    expect(obstacleFor(member(plan, ['viewer', 'manage_agents']))).toBe(withoutMcp ? 'plan' : undefined);
    expect(obstacleFor(member(plan, ['viewer']))).toBe(withoutMcp ? 'plan' : 'permission');
  },
);

test('each reason for which an app was ended has words of its own, but for the plain one', () => {
  const reasons = appEndSchema.options.map((because) => reasonOf({ revoked_because: because }));

  expect(reasons.filter((reason) => reason === null)).toHaveLength(1);
  expect(new Set(reasons).size).toBe(appEndSchema.options.length);
  expect([reasonOf({ revoked_because: 'revoked' }), reasonOf({ revoked_because: null })]).toEqual([null, null]);
});
