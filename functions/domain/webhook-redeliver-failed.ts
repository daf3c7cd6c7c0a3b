import { addSeconds } from './day';
import { notFound } from './errors';
import { dueTimes, ticketFor, type RedeliveryDeps } from './webhook-redelivery';

/** At most this many are redelivered by one call, the oldest first. */
const maxRedeliveries = 1000;
/** A receiver that was down gets its backlog at this pace. */
const redeliveriesPerSecond = 10;

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
  /** Continues an earlier call that found more than it could take. */
  readonly after: string | undefined;
  /** False only counts. */
  readonly confirm: boolean;
  readonly now: Date;
  /** Fresh for each call; see `Reopening`. */
  readonly by: string;
}

export interface RedeliveredFailed {
  /** How many there were. */
  readonly count: number;
  readonly redelivered: number;
  readonly next: string | undefined;
  /** Why it ended early, after some were redelivered: a repeat of the call finds the rest. */
  readonly interruptedBy?: Error;
}

/**
 * Finds an endpoint's failed and blocked deliveries since a time and, when confirmed, redelivers them ten a second.
 *
 * @throws ProductError `not_found` when there is no such endpoint; what failed before any was redelivered
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
    // Those that are missing were reopened by another call.
    const reopened = settled.flatMap((one) => (one.status === 'fulfilled' ? (one.value ?? []) : []));
    await deps.queue.send(
      reopened.map((delivery) => ticketFor(tenantId, delivery)),
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
