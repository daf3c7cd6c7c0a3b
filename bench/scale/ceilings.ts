import { tableShape } from '../../functions/contract/table';
import type { CountedRun } from '../cost/count/run';
import { sumOf } from '../cost/operations';
import { quotas, type QuotaName } from './quotas';

/** Where a quota stops runs of one kind. */
export interface Ceiling {
  readonly quota: QuotaName;
  /** What one run takes of it. */
  readonly each: number;
  /** Runs a second at which it is reached, by one tenant and by many together. */
  readonly oneTenant: number;
  readonly allTenants: number;
}

/**
 * The rates at which quotas stop runs like this one, the lowest of one tenant first. Reckoned from what was counted: a
 * partition of a tenant's own is there once for each tenant, everything else once for all.
 */
export function ceilingsOf({ operations, bill }: CountedRun, tenants: number): Ceiling[] {
  const shared = (quota: QuotaName, each: number): Ceiling[] => {
    const rate = quotas[quota].limit / each;
    return each === 0 ? [] : [{ quota, each, oneTenant: rate, allTenants: rate }];
  };
  const unitsOf = (...calls: string[]) =>
    bill.filter(({ call }) => calls.includes(call)).reduce((total, { writes }) => total + writes.table, 0);
  const hottest = Math.max(
    unitsOf('Update tenant'),
    unitsOf('Put run', 'Update run'),
    unitsOf('Put event', 'Put delivery', 'Update delivery'),
  );
  const openUnits = bill.reduce((total, { writes }) => total + writes.open, 0);
  const perTenant = quotas.partition.limit / hottest;
  return [
    ...shared('stageThrottle', operations.httpRequests),
    ...shared('httpApi', operations.httpRequests),
    ...shared('lambdaConcurrency', sumOf(operations.lambdaMs) / 1000),
    ...shared('deliveryConcurrency', operations.lambdaMs['deliver-webhook'] / 1000),
    ...shared('expressStarts', operations.expressStarts),
    ...shared('standardStarts', 1 - operations.expressStarts),
    ...shared('transitions', operations.transitions),
    ...shared('newTable', operations.writeUnits),
    ...shared('table', operations.writeUnits),
    ...shared('openIndex', openUnits / tableShape.openIndex.shards),
    { quota: 'partition' as const, each: hottest, oneTenant: perTenant, allTenants: perTenant * tenants },
  ].sort((a, b) => a.oneTenant - b.oneTenant);
}
