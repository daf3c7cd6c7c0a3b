import type { Row } from '../../../functions/aws/database';
import { openShard } from '../../../functions/aws/keys';
import { beforeAttribute, usedAttribute } from '../../../functions/aws/day-attributes';
import { addSeconds, daysBefore, utcDay } from '../../../functions/domain/day';
import { tenantId } from '../../../test/faults/fixture';
import { noon } from '../../../test/support/builders';

const historyDays = 36;
const runsADay = 700;

/**
 * The tenant's row after weeks of use: it contains a usage history, is due for settlement because the tenant has just
 * run something, and has a high run number. Other rows are returned unchanged.
 */
export function asBusyTenant(row: Row): Row {
  if (row['pk'] !== `T#${tenantId}` || row['sk'] !== 'TENANT') return row;
  const last = historyDays * runsADay;
  const history = Array.from({ length: historyDays }, (_, index): [string, number][] => {
    const day = daysBefore(utcDay(noon), index);
    return [
      [usedAttribute(day), runsADay],
      [beforeAttribute(day), last - (index + 1) * runsADay],
    ];
  });
  return {
    ...row,
    ...Object.fromEntries(history.flat()),
    last_run_number: last,
    settled_upto: last,
    due_at: addSeconds(noon, 60).toISOString(),
    open_shard: openShard(tenantId),
  };
}
