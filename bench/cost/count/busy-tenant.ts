import type { Row } from '../../../functions/aws/database';
import { openShard } from '../../../functions/aws/keys';
import { beforeAttribute, usedAttribute } from '../../../functions/aws/day-attributes';
import { addSeconds, daysBefore, utcDay } from '../../../functions/domain/day';
import { tenantId } from '../../../test/faults/fixture';
import { noon } from '../../../test/support/builders';

const historyDays = 36;
const runsADay = 700;

/**
 * The tenant's row as it is once the tenant has been running for weeks: larger by its usage history, open to settlement
 * because it ran a moment ago, and counting in thousands.
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
