import { keptDays } from '../../../functions/aws/tenant/usage-history';
import { daysBefore, utcDay } from '../../../functions/domain/day';
import type { Difference, DifferenceKind } from '../../../functions/domain/reconcile/difference';
import { reconcileTenant, type ReconcileReads } from '../../../functions/domain/reconcile/tenant';
import { compareTenant, type TenantComparison } from './compare-tenant';
import type { Tables } from './tables';
import { tallyBy, type Tally } from './tally';

/** What is to be known of a tenant before its restored rows are used. */
export interface TenantCheck extends TenantComparison {
  readonly tenantId: string;
  /** What `reconcile` finds in the restored table by itself. */
  readonly inconsistencies: readonly [DifferenceKind, Tally<Difference>][];
}

interface Checking {
  readonly reads: ReconcileReads;
  /** The restored table is judged as of this moment: what was due soon after it is not overdue. */
  readonly moment: Date;
  readonly now: Date;
  readonly kept: number;
}

export async function checkTenant(
  tables: Tables,
  tenantId: string,
  { reads, moment, now, kept }: Checking,
): Promise<TenantCheck> {
  const comparison = await compareTenant(tables, tenantId, { now, kept });
  const found = tallyBy<DifferenceKind, Difference>(kept);
  const window = { since: daysBefore(utcDay(moment), keptDays - 1), now: moment };
  await reconcileTenant(reads, tenantId, window, (difference) => {
    found.add(difference.kind, difference);
  });
  return { tenantId, ...comparison, inconsistencies: found.entries() };
}
