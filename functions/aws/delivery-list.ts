import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../contract';
import { ulidTime } from '../domain/cause-ulid';
import { deliverySummarySchema, type DeliveryStatus, type DeliverySummary } from '../domain/webhook-delivery';
import { ulidOf } from '../domain/webhook-ids';
import { getRows, type Database, type Row } from './database';
import { deliveriesParent, deliveryPartition, deliveryPrefix } from './keys';

export interface DeliveryFilters {
  /** Of one run: its `uid`. */
  readonly runUid?: string | undefined;
  readonly endpointId?: string | undefined;
  readonly status?: DeliveryStatus | undefined;
}

/** Attempts stay behind: they are for the detail. */
const projected = ['pk', 'sk', ...Object.keys(deliverySummarySchema.shape)];
const projection = {
  ProjectionExpression: projected.map((_name, index) => `#p${index}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(projected.map((name, index) => [`#p${index}`, name])),
};

interface Wanted {
  readonly filters: DeliveryFilters;
  readonly from: string;
  /** Sort key to continue after. */
  readonly after: string | undefined;
  readonly newestFirst: boolean;
  readonly size: number;
}

/** A list reads at most this many rows: a filtered page may be short, and even empty, with a cursor to go on. */
const maxRowsListed = 1000;
/** Looking for failed deliveries, of which most endpoints have few, may read more. */
const maxRowsSearched = 10_000;
const rowsPerRead = 100;

/**
 * A delivery's key begins with its run's ULID, and a run may fire events this long after it was accepted: its delays,
 * and six hours of recovery (see `runDeadline`).
 */
const longestRunMs = 7 * 3_600_000;

export type DeliveryListStore = ReturnType<typeof deliveryListStore>;

export function deliveryListStore(db: Database) {
  /** Deliveries in key order, of a run, of an endpoint (by index, which follows within moments), or all. */
  async function read(
    tenantId: string,
    { filters, from, after, newestFirst, size }: Wanted,
  ): Promise<{ rows: Row[]; more: boolean }> {
    const pk = deliveryPartition(tenantId);
    const byEndpoint = filters.endpointId !== undefined && filters.runUid === undefined;
    const parent = deliveriesParent(tenantId, filters.endpointId ?? '');
    const { Items = [], LastEvaluatedKey } = await db.client.send(
      new QueryCommand({
        TableName: db.tableName,
        ...(byEndpoint ? { IndexName: tableShape.parentIndex.name } : { ConsistentRead: true, ...projection }),
        KeyConditionExpression: `${byEndpoint ? 'parent = :in' : 'pk = :in'} AND sk BETWEEN :from AND :to`,
        ExpressionAttributeValues: {
          ':in': byEndpoint ? parent : pk,
          ':from': from,
          ':to': `${filters.runUid === undefined ? deliveryPrefix : from}~`,
        },
        ScanIndexForward: !newestFirst,
        Limit: size,
        ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after, ...(byEndpoint && { parent }) } }),
      }),
    );
    if (!byEndpoint) return { rows: Items, more: LastEvaluatedKey !== undefined };
    const keys = Items.map(({ sk }) => ({ pk, sk: String(sk) }));
    const rows = keys.length === 0 ? [] : await getRows(db, keys, projection);
    return { rows: keys.map((key, index) => rows[index] ?? key), more: LastEvaluatedKey !== undefined };
  }

  return {
    /** A page of deliveries, newest first; `next` is the sort key to continue after when there is or may be more. */
    async list(
      tenantId: string,
      filters: DeliveryFilters,
      { limit, after, now }: { limit: number; after: string | undefined; now: Date },
    ): Promise<Page> {
      const from = deliveryPrefix + (filters.runUid === undefined ? '' : ulidOf(filters.runUid));
      const byKeyAlone =
        filters.status === undefined && (filters.runUid === undefined || filters.endpointId === undefined);
      // By endpoint, rows are then read by key, of which one request takes 100.
      const size = byKeyAlone ? Math.min(limit + 1, rowsPerRead) : rowsPerRead;
      const pages = (last: string | undefined) =>
        read(tenantId, { filters, from, after: last, newestFirst: true, size });
      return collect(pages, {
        limit,
        after,
        maxRows: maxRowsListed,
        now,
        wants: (delivery) => matches(delivery, filters),
      });
    },

    /** Failed and blocked deliveries of an endpoint created at or after `since`, oldest first; `next` as above. */
    async endedUndelivered(
      tenantId: string,
      endpointId: string,
      { since, limit, after, now }: { since: Date; limit: number; after: string | undefined; now: Date },
    ): Promise<Page> {
      const from = deliveryPrefix + ulidTime(Math.max(0, since.getTime() - longestRunMs));
      const pages = (last: string | undefined) =>
        read(tenantId, { filters: { endpointId }, from, after: last, newestFirst: false, size: rowsPerRead });
      const wants = (delivery: DeliverySummary) =>
        isUndelivered(delivery) && Date.parse(delivery.created_at) >= since.getTime();
      return collect(pages, { limit, after, maxRows: maxRowsSearched, now, wants });
    },
  };
}

interface Page {
  readonly deliveries: DeliverySummary[];
  readonly next: string | undefined;
}

interface Collecting {
  readonly limit: number;
  readonly after: string | undefined;
  readonly maxRows: number;
  readonly now: Date;
  readonly wants: (delivery: DeliverySummary) => boolean;
}

/** Reads on until `limit` are found, everything was read, or enough rows were. */
async function collect(
  readAfter: (last: string | undefined) => Promise<{ rows: Row[]; more: boolean }>,
  { limit, after, maxRows, now, wants }: Collecting,
): Promise<Page> {
  const deliveries: DeliverySummary[] = [];
  let last = after;
  for (let rowsRead = 0; rowsRead < maxRows;) {
    const { rows, more } = await readAfter(last);
    for (const row of rows) {
      const delivery = readSummary(row, now);
      if (delivery !== undefined && wants(delivery)) {
        if (deliveries.length === limit) return { deliveries, next: last };
        deliveries.push(delivery);
      }
      last = String(row['sk']);
    }
    if (!more) return { deliveries, next: undefined };
    rowsRead += rows.length;
  }
  return { deliveries, next: last };
}

/** The index may still name a delivery that TTL has deleted; one that has expired is not there either. */
function readSummary(row: Row, now: Date): DeliverySummary | undefined {
  if (row['id'] === undefined) return undefined;
  const delivery = deliverySummarySchema.parse(row);
  return Date.parse(delivery.expires_at) > now.getTime() ? delivery : undefined;
}

function matches(delivery: DeliverySummary, { endpointId, status }: DeliveryFilters): boolean {
  return (
    (endpointId === undefined || delivery.endpoint_id === endpointId) &&
    (status === undefined || delivery.status === status)
  );
}

function isUndelivered({ status }: DeliverySummary): boolean {
  return status === 'failed' || status === 'blocked';
}
