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

/** Finds an endpoint's failed and blocked deliveries since a time and, when confirmed, redelivers them ten a second. */
export async function redeliverFailed(
  deps: RedeliverFailedDeps,
  tenantId: string,
  { endpointId, since, after, confirm, now, by }: FailedSince,
): Promise<{ count: number; redelivered: number; next: string | undefined }> {
  if (!(await deps.endpoints.exists(tenantId, endpointId))) throw notFound('endpoint');
  const { deliveries, next } = await deps.deliveryList.endedUndelivered(tenantId, endpointId, {
    since,
    limit: maxRedeliveries,
    after,
    now,
  });
  let redelivered = 0;
  for (let delaySeconds = 0; confirm && delaySeconds * redeliveriesPerSecond < deliveries.length; delaySeconds += 1) {
    const first = delaySeconds * redeliveriesPerSecond;
    const how = { ...dueTimes(addSeconds(now, delaySeconds)), by };
    const reopened = await Promise.all(
      deliveries.slice(first, first + redeliveriesPerSecond).map(({ id }) => deps.deliveries.reopen(tenantId, id, how)),
    );
    // Those that are missing were reopened by another call.
    const tickets = reopened.flatMap((delivery) => (delivery === undefined ? [] : [ticketFor(tenantId, delivery)]));
    await deps.queue.send(tickets, { delaySeconds });
    redelivered += tickets.length;
  }
  return { count: deliveries.length, redelivered, next };
}
