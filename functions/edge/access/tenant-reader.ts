import { notFound } from '../../domain/errors';
import type { Tenant } from '../../domain/tenant/tenant';
import { expiringCache } from './expiring-cache';

export interface TenantDeps {
  readonly tenants: { get(tenantId: string): Promise<Tenant | undefined> };
  readonly now: () => Date;
}

const cacheSeconds = 10;
const cachedTenants = 1000;

/** Reads tenants through a cache of a few seconds: for plan checks and cursor keys, never for counts. */
export function tenantReader(deps: TenantDeps): (tenantId: string) => Promise<Tenant> {
  const cached = expiringCache<Tenant>({ maxAgeSeconds: cacheSeconds, maxEntries: cachedTenants }, deps.now);
  return async (tenantId) => {
    const tenant = await cached(tenantId, () => deps.tenants.get(tenantId));
    if (tenant === undefined) throw notFound('tenant');
    return tenant;
  };
}
