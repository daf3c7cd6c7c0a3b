import { tableShape } from '../../functions/contract/table';
import type { CountedRun } from '../cost/count/run';
import { sumOf } from '../cost/operations';
import { quotas, type QuotaName } from './quotas';

/** The rate of runs at which a quota is reached. */
export interface Ceiling {
  readonly quota: QuotaName;
  /** How much of the quota one run uses. */
  readonly each: number;
  /** Runs per second at which the quota is reached, by one tenant and by all tenants together. */
  readonly oneTenant: number;
  readonly allTenants: number;
}

/**
 * Computes the rates at which quotas stop runs like this one, beginning with the lowest for one tenant. Each tenant has
 * its own partitions, rate of requests and pace; all tenants share every other quota.
 */
export function ceilingsOf({ operations, bill, attempts }: CountedRun, tenants: number): Ceiling[] {
  const shared = (quota: QuotaName, each: number): Ceiling[] => {
    const rate = quotas[quota].limit / each;
    return each === 0 ? [] : [{ quota, each, oneTenant: rate, allTenants: rate }];
  };
  const ofEach = (quota: QuotaName, each: number): Ceiling[] => {
    const rate = quotas[quota].limit / each;
    return each === 0 ? [] : [{ quota, each, oneTenant: rate, allTenants: rate * tenants }];
  };
  const unitsOf = (...calls: string[]) =>
    bill.filter(({ call }) => calls.includes(call)).reduce((total, { writes }) => total + writes.table, 0);
  const hottest = Math.max(
    unitsOf('Update tenant'),
    unitsOf('Put run', 'Update run'),
    unitsOf('Put event', 'Put delivery', 'Update delivery'),
  );
  const openUnits = bill.reduce((total, { writes }) => total + writes.open, 0);
  return [
    ...ofEach('tenantRequests', operations.httpRequests),
    ...ofEach('hostPace', attempts),
    ...shared('apiConcurrency', operations.lambdaMs['rest-api'] / 1000),
    ...shared('stageThrottle', operations.httpRequests),
    ...shared('httpApi', operations.httpRequests),
    ...shared('lambdaConcurrency', sumOf(operations.lambdaMs) / 1000),
    ...shared('deliveryConcurrency', operations.lambdaMs['deliver-webhook'] / 1000),
    ...shared('expressStarts', operations.expressStarts),
    ...shared('standardStarts', operations.expressStarts === 0 ? 1 : 0),
    ...shared('transitions', operations.transitions),
    ...shared('newTable', operations.writeUnits),
    ...shared('table', operations.writeUnits),
    ...shared('openIndex', openUnits / tableShape.openIndex.shards),
    ...ofEach('partition', hottest),
  ].sort((a, b) => a.oneTenant - b.oneTenant);
}
