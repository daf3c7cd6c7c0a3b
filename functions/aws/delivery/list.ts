import {
  deliverySchema,
  deliverySummarySchema,
  type Delivery,
  type DeliveryStatus,
  type DeliverySummary,
} from '../../domain/delivery/delivery';
import { stepEventId, ulidOf } from '../../domain/delivery/ids';
import type { AttemptOutline } from '../../domain/delivery/outline';
import { ulidTime } from '../../domain/ulid';
import { collectPage, readerOf } from '../collect-page';
import { type Database, type Row, projectionOf } from '../database';
import { deliveriesParent, deliveryPartition, deliveryPrefix } from '../keys';
import { readOutlines } from './read-outlines';

export interface DeliveryFilters {
  /** The `uid` of a run, to list only its deliveries. */
  readonly runUid?: string | undefined;
  /** With `runUid`: a step of the run, to list only the deliveries of its event. */
  readonly stepIndex?: number | undefined;
  readonly endpointId?: string | undefined;
  readonly status?: DeliveryStatus | undefined;
}

/** Attempts are only read for the detail, and for the deliveries of a run if somebody asks for their outlines. */
const projection = projectionOf(Object.keys(deliverySummarySchema.shape));
const wholeProjection = projectionOf(Object.keys(deliverySchema.shape));

/** A search for failed deliveries, of which most endpoints have few, may read more rows than a list. */
const maxRowsSearched = 10_000;

/**
 * The key of a delivery begins with the ULID of its run, and a run may fire events for this long after it was accepted:
 * its delays, and six hours of recovery (see `runDeadline`).
 */
const longestRunMs = 7 * 3_600_000;

interface Page<Listed = DeliverySummary> {
  readonly deliveries: Listed[];
  /** The sort key to continue after; undefined if there is no more. */
  readonly next: string | undefined;
}

interface Paging {
  readonly limit: number;
  readonly after: string | undefined;
  readonly now: Date;
}

export function deliveryListStore(db: Database) {
  return {
    /**
     * A page of deliveries, newest first: those of a run, those of an endpoint (from the index, which is eventually
     * consistent), or all.
     */
    async list(tenantId: string, filters: DeliveryFilters, { limit, after, now }: Paging): Promise<Page> {
      const { items, next } = await collectPage(
        readerOf(db, { ...rowsOf(tenantId, filters), projection }, (row) => readSummary(row, now)),
        { limit, after, wants: wantsOf(filters) },
      );
      return { deliveries: items, next };
    },

    /** The same page of a run's deliveries, with the outlines of their last attempts; see `readOutlines`. */
    async listWithAttempts(
      tenantId: string,
      filters: DeliveryFilters & { readonly runUid: string },
      { limit, after, now }: Paging,
    ): Promise<Page<DeliverySummary & { readonly outlines: AttemptOutline[] | null }>> {
      const { items, next } = await collectPage(
        readerOf(db, { ...rowsOf(tenantId, filters), projection: wholeProjection }, (row) => readWhole(row, now)),
        { limit, after, wants: wantsOf(filters) },
      );
      const outlines = await readOutlines(db, tenantId, items, now);
      return { deliveries: items.map((item) => ({ ...item, outlines: outlines.get(item.id) ?? null })), next };
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

function rowsOf(tenantId: string, { runUid, stepIndex, endpointId }: DeliveryFilters) {
  const ofRun = runUid === undefined ? '' : stepIndex === undefined ? ulidOf(runUid) : stepEventId(runUid, stepIndex);
  const from = deliveryPrefix + ofRun;
  const byEndpoint = endpointId !== undefined && runUid === undefined;
  const parent = byEndpoint ? deliveriesParent(tenantId, endpointId) : undefined;
  return { pk: deliveryPartition(tenantId), from, to: `${from}~`, parent };
}

/** What remains to be looked at in each row; undefined if every row of the range is on the page. */
function wantsOf(filters: DeliveryFilters): ((delivery: DeliverySummary) => boolean) | undefined {
  const { runUid, endpointId, status } = filters;
  const isFiltered = status !== undefined || (endpointId !== undefined && runUid !== undefined);
  return isFiltered ? (delivery) => matches(delivery, filters) : undefined;
}

/** TTL deletes an expired delivery only within days; until then it is not shown. */
function readSummary(row: Row, now: Date): DeliverySummary | undefined {
  return kept(deliverySummarySchema.parse(row), now);
}

function readWhole(row: Row, now: Date): Delivery | undefined {
  return kept(deliverySchema.parse(row), now);
}

function kept<Read extends DeliverySummary>(delivery: Read, now: Date): Read | undefined {
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
