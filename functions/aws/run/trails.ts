import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { jsonBytes } from '../../domain/json';
import type { TrailEntry } from '../../domain/run/run';
import { checkItemSize, getRows, type Database, type Row } from '../database';
import { trailKey, trailPartition } from '../keys';

/**
 * The row of a run contains this much of its trail; entries beyond it are items of their own. DynamoDB bills reads of
 * lists by the size of whole rows, whatever is projected: with about 900 bytes of the run and at most 2 KB of input, a row
 * stays below 4 KB, which is one read unit. Writing the row after each segment is cheaper too.
 */
const inlineTrailBytes = 1024;

/** Stands in the trail for entries that are an item of their own. */
const keptSchema = z.object({ kept: z.string() });

interface Performed {
  readonly entries: readonly TrailEntry[];
  readonly expectedCursor: number;
}

/**
 * Stores the entries of a segment apart if the row has no room for them. This is done before the row is written, so a row
 * never names entries that are missing. If that write is then refused, because another call performed the same steps, the
 * item stays without being named.
 *
 * @param earlier the trail so far
 * @returns what to append to the trail of the row
 */
export async function placeEntries(
  db: Database,
  tenantId: string,
  runId: number,
  earlier: readonly TrailEntry[],
  { entries, expectedCursor }: Performed,
): Promise<readonly unknown[]> {
  if (entries.length === 0 || jsonBytes(earlier) + jsonBytes(entries) <= inlineTrailBytes) return entries;
  // Two calls that perform the same steps must not write the same item, because their times differ.
  const key = trailKey(tenantId, runId, expectedCursor, randomUUID());
  await db.client.send(new PutCommand({ TableName: db.tableName, Item: checkItemSize({ ...key, entries }) }));
  return [{ kept: key.sk }];
}

/** The rows of runs with their whole trails. Rows whose trail is all inline cost no read. */
export async function withTrails(
  db: Database,
  tenantId: string,
  rows: readonly (Row | undefined)[],
): Promise<(Row | undefined)[]> {
  const pk = trailPartition(tenantId);
  const keys = rows.flatMap((row) => trailOf(row).flatMap((entry) => keptIn(entry) ?? [])).map((sk) => ({ pk, sk }));
  if (keys.length === 0) return [...rows];
  const found = await getRows(db, keys);
  const entriesOf = new Map<string, unknown>(keys.map(({ sk }, index) => [sk, found[index]?.['entries']]));
  return rows.map(
    (row) =>
      row && {
        ...row,
        trail: trailOf(row).flatMap((entry) => {
          const entries: unknown = entriesOf.get(keptIn(entry) ?? '');
          // A reference to a missing item stays, and no reader takes it for a performed step.
          return Array.isArray(entries) ? z.array(z.unknown()).parse(entries) : [entry];
        }),
      },
  );
}

function trailOf(row: Row | undefined): readonly unknown[] {
  const trail = row?.['trail'];
  return Array.isArray(trail) ? trail : [];
}

function keptIn(entry: unknown): string | undefined {
  return keptSchema.safeParse(entry).data?.kept;
}
