import { notFound } from '../../domain/errors';
import { usageViewSchema, viewUsage } from '../../domain/tenant/usage';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';

export function getUsage({ tenants, now }: Pick<RestApiDeps, 'tenants' | 'now'>): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/usage',
    operationId: 'getUsage',
    summary: 'Runs used today against the daily run cap, and the days before',
    access: { scope: 'any', permission: 'viewer' },
    plan: 'any_in_dashboard',
    replies: { 200: usageViewSchema },
    errors: [],
    act: async ({ caller }) => {
      const tenant = await tenants.getWithHistory(caller.tenantId);
      if (tenant === undefined) throw notFound('tenant');
      return { status: 200, body: viewUsage(tenant, now()) };
    },
  };
}
