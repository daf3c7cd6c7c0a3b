import { addSeconds } from '../day';
import { notFound } from '../errors';
import { countThisHour, leftThisHour } from '../tenant/hourly';
import { dueTimes, messageFor, type RedeliveryDeps } from './redeliver';

/** One call redelivers at most this many, the oldest first. */
export const maxRedeliveries = 1000;
/** The rate at which a receiver that was down gets its backlog. */
export const redeliveriesPerSecond = 10;

export interface RedeliverFailedDeps extends RedeliveryDeps {
  readonly deliveryList: {
    /** Failed and blocked deliveries of an endpoint created at or after `since`, oldest first. */
    endedUndelivered(
      tenantId: string,
      endpointId: string,
      page: { since: Date; limit: number; after: string | undefined; now: Date },
    ): Promise<{ deliveries: readonly { readonly id: string }[]; next: string | undefined }>;
  };
}

export interface FailedSince {
  readonly endpointId: string;
  readonly since: Date;
  /** Continues after an earlier call that found more than one call may redeliver. */
  readonly after: string | undefined;
  /** If false, the call only counts. */
  readonly confirm: boolean;
  readonly now: Date;
  /** As in `Reopening`. */
  readonly by: string;
  readonly notSince?: string | undefined;
}

export interface RedeliveredFailed {
  /** The number of deliveries that were found. */
  readonly count: number;
  readonly redelivered: number;
  readonly next?: string | undefined;
  /** How many more the tenant may redeliver in this hour. */
  readonly left: number;
  /** The error that ended the call after some were redelivered; a repetition of the call finds the rest. */
  readonly interruptedBy?: Error;
}

/**
 * Finds the failed and blocked deliveries of an endpoint since a time and, if confirmed, redelivers them at ten a second.
 * A confirmed call finds no more than the tenant may redeliver in this hour, so `next` continues after the last one that
 * it redelivered.
 *
 * @throws ProductError `not_found` if there is no such endpoint, `rate_limited` if the hour's redeliveries are used up, and
 *   the error that occurred before any was redelivered
 */
export async function redeliverFailed(
  deps: RedeliverFailedDeps,
  tenantId: string,
  { endpointId, since, after, confirm, now, by, notSince }: FailedSince,
): Promise<RedeliveredFailed> {
  if (!(await deps.endpoints.exists(tenantId, endpointId))) throw notFound('endpoint');
  const leftBefore = await leftThisHour(deps, tenantId, 'redeliveries_per_hour', now);
  const found = await deps.deliveryList.endedUndelivered(tenantId, endpointId, {
    since,
    // At least one, because the call is refused only if there is something to redeliver.
    limit: confirm ? Math.max(1, Math.min(maxRedeliveries, leftBefore)) : maxRedeliveries,
    after,
    now,
  });
  const { next } = found;
  const count = found.deliveries.length;
  const counted = { name: 'redeliveries_per_hour', wanted: count, now } as const;
  // Fewer than were found if another call counted meanwhile; a repetition of this call finds the rest.
  const granted = confirm && count > 0 ? await countThisHour(deps, tenantId, counted) : 0;
  const deliveries = found.deliveries.slice(0, granted);
  const left = Math.max(0, leftBefore - granted);
  let redelivered = 0;
  for (let delaySeconds = 0; delaySeconds * redeliveriesPerSecond < granted; delaySeconds += 1) {
    const first = delaySeconds * redeliveriesPerSecond;
    const how = { ...dueTimes(addSeconds(now, delaySeconds)), by, notSince };
    const settled = await Promise.allSettled(
      deliveries.slice(first, first + redeliveriesPerSecond).map(({ id }) => deps.deliveries.reopen(tenantId, id, how)),
    );
    // Deliveries that are missing here were reopened by another call.
    const reopened = settled.flatMap((one) => (one.status === 'fulfilled' ? (one.value ?? []) : []));
    await deps.queue.send(
      reopened.map((delivery) => messageFor(tenantId, delivery)),
      { delaySeconds },
    );
    redelivered += reopened.length;
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed === undefined) continue;
    const interruptedBy = failed.reason instanceof Error ? failed.reason : new Error(String(failed.reason));
    if (redelivered === 0) throw interruptedBy;
    return { count, redelivered, next, left, interruptedBy };
  }
  return { count, redelivered, next, left };
}
