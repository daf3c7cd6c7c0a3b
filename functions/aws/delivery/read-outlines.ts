import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Delivery } from '../../domain/delivery/delivery';
import { outlinedAttemptSchema, outlineOf, type AttemptOutline } from '../../domain/delivery/outline';
import { projectionOf, type Database, type Row } from '../database';
import { attemptPrefix, deliveryPartition } from '../keys';
import { isWhole, lastAttempts } from './last-attempts';

const projection = projectionOf(['number', 'trigger', 'at', 'duration_ms', 'response_status', 'error']);

/**
 * More than the retry schedule makes for 100 deliveries, which is what a page holds. Without a bound, redeliveries could
 * make a page of any size.
 */
const maxRows = 1_000;

/**
 * The outlines of the last attempts of deliveries of one run. The attempts of a run are one range of its partition, so
 * they are read together, and not at all if each delivery has its only attempt in its own row. The reads are eventually
 * consistent, which costs half: a reader of the list comes again.
 *
 * @param deliveries a page of the run's deliveries
 * @returns by the delivery's id; null if there are too many rows to reach its attempts
 */
export async function readOutlines(
  db: Database,
  tenantId: string,
  deliveries: readonly Delivery[],
  now: Date,
): Promise<ReadonlyMap<string, AttemptOutline[] | null>> {
  const split = deliveries.filter((delivery) => !isWhole(delivery));
  const prefixes = split.map(({ id }) => attemptPrefix(id)).sort();
  const { rows, reachedTo } = await readRange(db, deliveryPartition(tenantId), prefixes);
  return new Map(
    deliveries.map((delivery) => {
      const prefix = attemptPrefix(delivery.id);
      if (split.includes(delivery) && reachedTo !== undefined && prefix >= prefixOf(reachedTo))
        return [delivery.id, null];
      const own = rows.filter(({ sk }) => String(sk).startsWith(prefix));
      const stored = [...delivery.attempts, ...own.map((row) => outlinedAttemptSchema.parse(row))].map(outlineOf);
      return [delivery.id, lastAttempts(delivery, stored, now, outlineOf)];
    }),
  );
}

/** @returns also the last sort key that was read, if there are more rows than are read */
async function readRange(
  db: Database,
  pk: string,
  prefixes: readonly string[],
): Promise<{ readonly rows: Row[]; readonly reachedTo?: string }> {
  const [first, last] = [prefixes[0], prefixes.at(-1)];
  if (first === undefined || last === undefined) return { rows: [] };
  const rows: Row[] = [];
  let start: Row | undefined;
  do {
    const page = await db.client.send(
      new QueryCommand({
        TableName: db.tableName,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
        ExpressionAttributeValues: { ':pk': pk, ':first': first, ':last': `${last}~` },
        Limit: maxRows - rows.length,
        ...projection,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    rows.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined && rows.length < maxRows);
  return start === undefined ? { rows } : { rows, reachedTo: String(start['sk']) };
}

/** `ATTEMPT#<delivery>#`, the beginning of an attempt's sort key. */
function prefixOf(sk: string): string {
  return sk.slice(0, sk.indexOf('#', attemptPrefix('').length - 1) + 1);
}
