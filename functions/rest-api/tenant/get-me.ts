import * as z from 'zod/mini';
import { mayActAs, permissionSchema, type Account } from '../../domain/tenant/member';
import { channelSchema, planSchema, planViewSchema, viewPlans } from '../../domain/tenant/plan';
import { scopeSchema } from '../../domain/tenant/token';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';

export const meSchema = z.object({
  tenant: z.object({ id: z.string(), name: z.string(), plan: planSchema, authoring: z.boolean() }),
  principal: z.object({
    channel: channelSchema,
    name: z.string(),
    permissions: z.array(permissionSchema),
    scopes: z.array(scopeSchema),
  }),
  /**
   * All tenants that this person can choose with `X-Tenant-Id`; for a token, its only tenant. Without the header,
   * `tenant` is the first one.
   */
  tenants: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Every plan there is, from the smallest to the largest; `tenant.plan` is one of them. */
  plans: z.array(planViewSchema),
});

type GetMeDeps = Pick<RestApiDeps, 'members' | 'tenants'>;

export function getMe(deps: GetMeDeps): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/me',
    operationId: 'getMe',
    summary: 'Who this is, what it may do, in which tenants, and what each plan includes',
    access: { scope: 'any', permission: 'viewer' },
    plan: 'any_in_dashboard',
    beforeTenantChoice: true,
    replies: { 200: meSchema },
    errors: [],
    act: async ({ caller, tenant }) => {
      const { id, name, plan, authoring } = await tenant();
      const { channel, permissions, scopes, account } = caller;
      return {
        status: 200,
        body: {
          tenant: { id, name, plan, authoring },
          principal: { channel, name: caller.name, permissions, scopes },
          tenants: account === undefined ? [{ id, name }] : await tenantsOf(deps, caller.name, account),
          plans: viewPlans(),
        },
      };
    },
  };
}

async function tenantsOf({ members, tenants }: GetMeDeps, email: string, account: Account) {
  const own = (await members.find(email)).filter((member) => mayActAs(member, account));
  const found = await Promise.all(own.map(({ tenant_id }) => tenants.get(tenant_id)));
  return found.flatMap((tenant) => (tenant === undefined ? [] : [{ id: tenant.id, name: tenant.name }]));
}
