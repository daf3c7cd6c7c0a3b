import { notFound } from '../../../functions/domain/errors';
import type { Tenant } from '../../../functions/domain/tenant/tenant';
import type { Session } from '../command/session';

/** @throws ProductError `not_found`, so that a mistyped tenant never looks like an empty one */
export async function requireTenant({ tenants }: Pick<Session, 'tenants'>, tenantId: string): Promise<Tenant> {
  const tenant = await tenants.getWithHistory(tenantId);
  if (tenant === undefined) throw notFound('tenant');
  return tenant;
}
