import { deliverySummarySchema, type DeliveryStatus, type DeliverySummary } from '../../domain/delivery/delivery';
import { ulidOf } from '../../domain/delivery/ids';
import { ulidTime } from '../../domain/ulid';
import { collectPage, readerOf } from '../collect-page';
import { type Database, type Row, projectionOf } from '../database';
import { deliveriesParent, deliveryPartition, deliveryPrefix } from '../keys';

export interface DeliveryFilters {
  /** The `uid` of a run, to list only its deliveries. */
  readonly runUid?: string | undefined;
  readonly endpointId?: string | undefined;
  readonly status?: DeliveryStatus | undefined;
}

/** Attempts are not read for lists, only for the detail. */
const projection = projectionOf(Object.keys(deliverySummarySchema.shape));

/** A search for failed deliveries, of which most endpoints have few, may read more rows than a list. */
const maxRowsSearched = 10_000;

/**
 * The key of a delivery begins with the ULID of its run, and a run may fire events for this long after it was accepted:
 * its delays, and six hours of recovery (see `runDeadline`).
 */
const longestRunMs = 7 * 3_600_000;

interface Page {
  readonly deliveries: DeliverySummary[];
  /** The sort key to continue after; undefined if there is no more. */
  readonly next: string | undefined;
}

export function deliveryListStore(db: Database) {
  return {
    /**
     * A page of deliveries, newest first: those of a run, those of an endpoint (from the index, which is eventually
     * consistent), or all.
     */
    async list(
      tenantId: string,
      filters: DeliveryFilters,
      { limit, after, now }: { limit: number; after: string | undefined; now: Date },
    ): Promise<Page> {
      const { runUid, endpointId, status } = filters;
      const from = deliveryPrefix + (runUid === undefined ? '' : ulidOf(runUid));
      const byEndpoint = endpointId !== undefined && runUid === undefined;
      const parent = byEndpoint ? deliveriesParent(tenantId, endpointId) : undefined;
      const isFiltered = status !== undefined || (endpointId !== undefined && !byEndpoint);
      const { items, next } = await collectPage(
        readerOf(db, { pk: deliveryPartition(tenantId), from, to: `${from}~`, parent, projection }, (row) =>
          readSummary(row, now),
        ),
        { limit, after, wants: isFiltered ? (delivery) => matches(delivery, filters) : undefined },
      );
      return { deliveries: items, next };
    },

    /** Failed and blocked deliveries of an endpoint created at or after `since`, oldest first. */
    async endedUndelivered(
      tenantId: string,
      endpointId: string,
      { since, limit, after, now }: { since: Date; limit: number; after: string | undefined; now: Date },
    ): Promise<Page> {
      const rows = {
        pk: deliveryPartition(tenantId),
        from: deliveryPrefix + ulidTime(Math.max(0, since.getTime() - longestRunMs)),
        to: `${deliveryPrefix}~`,
        parent: deliveriesParent(tenantId, endpointId),
        oldestFirst: true,
        projection,
      };
      const { items, next } = await collectPage(
        readerOf(db, rows, (row) => readSummary(row, now)),
        {
          limit,
          after,
          maxRows: maxRowsSearched,
          wants: (delivery) => isUndelivered(delivery) && Date.parse(delivery.created_at) >= since.getTime(),
        },
      );
      return { deliveries: items, next };
    },
  };
}

/** TTL deletes an expired delivery only within days; until then it is not shown. */
function readSummary(row: Row, now: Date): DeliverySummary | undefined {
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
