import { reconcileReads } from '../../../functions/aws/reconcile/reads';
import { checkTenant, type TenantCheck } from './check-tenant';
import type { Report } from './report';
import { newestOf, newestTime } from './restored-moment';
import { tenantsOf, type Tables } from './tables';

/**
 * Compares the tables, one tenant after the other.
 *
 * @param only the one tenant to compare; undefined for all
 * @param kept how many rows of each kind are named
 */
export async function checkRestored(
  tables: Tables,
  only: string | undefined,
  { now, kept }: { readonly now: Date; readonly kept: number },
): Promise<Report> {
  const tenants = await tenantsOf(tables, only);
  let moment: string | undefined;
  for (const id of tenants) moment = newestOf([moment, await newestTime(tables.restored, id)]);
  const reads = reconcileReads(tables.restored);
  const asOf = moment === undefined ? now : new Date(moment);
  const checks: TenantCheck[] = [];
  for (const id of tenants) checks.push(await checkTenant(tables, id, { reads, moment: asOf, now, kept }));
  return { restoredTable: tables.restored.tableName, moment, now, checks };
}
