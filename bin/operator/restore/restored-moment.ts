import type { Database, Row } from '../../../functions/aws/database';
import { auditPrefix, deliveryPartition, eventPrefix, runPartition, tenantKey } from '../../../functions/aws/keys';
import { lastRow } from '../../../functions/aws/reconcile/partition-rows';

/**
 * The newest time that a tenant's rows name, from its last run, its last audit row and its last event. The table was
 * restored to this moment or a later one; if it has no such row, the moment is unknown.
 */
export async function newestTime(db: Database, tenantId: string): Promise<string | undefined> {
  const rows = await Promise.all([
    lastRow(db, runPartition(tenantId), '0', '9~'),
    lastRow(db, tenantKey(tenantId).pk, auditPrefix, `${auditPrefix}~`),
    lastRow(db, deliveryPartition(tenantId), eventPrefix, `${eventPrefix}~`),
  ]);
  return newestOf(rows.flatMap(timesIn));
}

export function newestOf(times: readonly (string | undefined)[]): string | undefined {
  return times
    .flatMap((time) => time ?? [])
    .sort()
    .at(-1);
}

function timesIn(row: Row | undefined): string[] {
  return ['created_at', 'started_at', 'finished_at', 'at'].flatMap((name) => {
    const time = row?.[name];
    return typeof time === 'string' ? [time] : [];
  });
}
