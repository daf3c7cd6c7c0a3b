import type { Row } from '../../../functions/aws/database';
import { openShard, usageKey } from '../../../functions/aws/keys';
import { beforeAttribute, settledDays, usedAttribute } from '../../../functions/aws/day-attributes';
import { currentDays } from '../../../functions/aws/run/settlement';
import { addSeconds, daysBefore, utcDay } from '../../../functions/domain/day';
import { tenantId } from '../../../test/faults/fixture';
import { noon } from '../../../test/support/builders';

const historyDays = 36;
const runsADay = 700;

/**
 * The rows of a tenant after weeks of use: the tenant's own has the counts of the last days, is due for settlement because
 * the tenant has just run something, and has a high run number. Settlement has moved the earlier days to the history.
 * Other rows are returned unchanged.
 */
export function asBusyTenant(row: Row): Row[] {
  if (row['pk'] !== `T#${tenantId}` || row['sk'] !== 'TENANT') return [row];
  const last = historyDays * runsADay;
  const days = Array.from({ length: historyDays }, (_, index): [string, number][] => {
    const day = daysBefore(utcDay(noon), index);
    return [
      [usedAttribute(day), runsADay],
      [beforeAttribute(day), last - (index + 1) * runsADay],
    ];
  });
  const busy = {
    ...row,
    ...Object.fromEntries(days.flat()),
    last_run_number: last,
    settled_upto: last,
    due_at: addSeconds(noon, 60).toISOString(),
    open_shard: openShard(tenantId),
  };
  const past = settledDays(busy, daysBefore(utcDay(noon), currentDays), last);
  const current = Object.entries(busy).filter(([name]) => !(name in past));
  return [Object.fromEntries(current), { ...usageKey(tenantId), ...past }];
}
