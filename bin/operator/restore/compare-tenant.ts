import { tableShape } from '../../../functions/contract/table';
import type { Row } from '../../../functions/aws/database';
import { partitionRows } from '../../../functions/aws/reconcile/partition-rows';
import { dangersOfCounters, higher, type Highest } from './counters';
import type { Danger, DangerKind } from './danger';
import { dangersOf, differingAttributes } from './find-dangers';
import { withLookupRows } from './lookup-rows';
import { comparedPartitions, type RowKind } from './row-kind';
import { pairRows, type RowPair } from './row-pairs';
import type { Tables } from './tables';
import { tallyBy, type Tally } from './tally';

/** Where a row is, or that both tables have it with different attributes. */
export type Where = 'only_live' | 'only_restored' | 'different';

/** A row that is not the same in both tables, by its key and the names of its attributes that differ. */
export interface DifferingRow {
  readonly pk: string;
  readonly sk: string;
  readonly attributes: readonly string[];
}

export interface TenantComparison {
  readonly rows: ReadonlyMap<RowKind, { live: number; restored: number }>;
  readonly differences: readonly [`${RowKind} ${Where}`, Tally<DifferingRow>][];
  readonly dangers: readonly [DangerKind, Tally<Danger>][];
  /** What recovery takes up if the restored table becomes the live one. */
  readonly open: { readonly runs: number; readonly deliveries: number };
}

/** Compares the rows of one tenant in both tables. @param kept how many rows of each kind are named */
export async function compareTenant(
  tables: Tables,
  tenantId: string,
  { now, kept }: { readonly now: Date; readonly kept: number },
): Promise<TenantComparison> {
  const rows = new Map<RowKind, { live: number; restored: number }>();
  const differences = tallyBy<`${RowKind} ${Where}`, DifferingRow>(kept);
  const dangers = tallyBy<DangerKind, Danger>(kept);
  const open = { runs: 0, deliveries: 0 };
  let highest: Highest = { last_run_number: 0, last_workflow_id: 0 };
  let ofTenant: RowPair | undefined;

  function compare(pair: RowPair): void {
    const { key, kind, live, restored } = pair;
    const count = rows.get(kind) ?? { live: 0, restored: 0 };
    rows.set(kind, count);
    if (live !== undefined) count.live += 1;
    if (restored !== undefined) count.restored += 1;
    const attributes = live === undefined || restored === undefined ? [] : differingAttributes(live, restored);
    const where = live === undefined ? 'only_restored' : restored === undefined ? 'only_live' : 'different';
    if (where !== 'different' || attributes.length > 0) differences.add(`${kind} ${where}`, { ...key, attributes });
    for (const danger of dangersOf(pair, attributes, now)) dangers.add(danger.kind, danger);
    if (restored?.['due_at'] !== undefined && (kind === 'runs' || kind === 'deliveries')) open[kind] += 1;
    highest = higher(highest, pair);
    if (kind === 'tenant') ofTenant = pair;
  }

  for (const partition of comparedPartitions(tenantId)) {
    const [live, restored] = [tables.live, tables.restored].map((table) => partitionRows(table, partition));
    if (live === undefined || restored === undefined) continue;
    for await (const pair of withLookupRows(tables, pairRows(partition, live, restored))) {
      const lasting = { ...pair, live: unlessExpired(pair.live, now), restored: unlessExpired(pair.restored, now) };
      if (lasting.live !== undefined || lasting.restored !== undefined) compare(lasting);
    }
  }
  if (ofTenant?.restored !== undefined)
    for (const danger of dangersOfCounters(ofTenant.live ?? {}, ofTenant.restored, highest))
      dangers.add(danger.kind, danger);
  return { rows, differences: differences.entries(), dangers: dangers.entries(), open };
}

/** TTL deletes an expired row some time later, and not at all in a restored table, so it counts as gone in both. */
function unlessExpired(row: Row | undefined, now: Date): Row | undefined {
  const expires = row?.[tableShape.ttl];
  return typeof expires === 'number' && expires * 1000 <= now.getTime() ? undefined : row;
}
