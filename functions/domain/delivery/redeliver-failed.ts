import { addSeconds } from '../day';
import { notFound } from '../errors';
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

interface FailedSince {
  readonly endpointId: string;
  readonly since: Date;
  /** Continues after an earlier call that found more than one call may redeliver. */
  readonly after: string | undefined;
  /** If false, the call only counts. */
  readonly confirm: boolean;
  readonly now: Date;
  /** Fresh for each call; see `Reopening`. */
  readonly by: string;
}

export interface RedeliveredFailed {
  /** The number of deliveries that were found. */
  readonly count: number;
  readonly redelivered: number;
  readonly next: string | undefined;
  /** The error that ended the call after some were redelivered; a repetition of the call finds the rest. */
  readonly interruptedBy?: Error;
}

/**
 * Finds the failed and blocked deliveries of an endpoint since a time and, if confirmed, redelivers them at ten a second.
 *
 * @throws ProductError `not_found` if there is no such endpoint, and the error that occurred before any was redelivered
 */
export async function redeliverFailed(
  deps: RedeliverFailedDeps,
  tenantId: string,
  { endpointId, since, after, confirm, now, by }: FailedSince,
): Promise<RedeliveredFailed> {
  if (!(await deps.endpoints.exists(tenantId, endpointId))) throw notFound('endpoint');
  const { deliveries, next } = await deps.deliveryList.endedUndelivered(tenantId, endpointId, {
    since,
    limit: maxRedeliveries,
    after,
    now,
  });
  const count = deliveries.length;
  let redelivered = 0;
  for (let delaySeconds = 0; confirm && delaySeconds * redeliveriesPerSecond < count; delaySeconds += 1) {
    const first = delaySeconds * redeliveriesPerSecond;
    const how = { ...dueTimes(addSeconds(now, delaySeconds)), by };
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
    return { count, redelivered, next, interruptedBy };
  }
  return { count, redelivered, next };
}
