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

/**
 * Finds the failed and blocked deliveries of an endpoint since a time and, if confirmed, redelivers them at ten a
 * second.
 */
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
    // Deliveries that are missing here were reopened by another call.
    const messages = reopened.flatMap((delivery) => (delivery === undefined ? [] : [messageFor(tenantId, delivery)]));
    await deps.queue.send(messages, { delaySeconds });
    redelivered += messages.length;
  }
  return { count: deliveries.length, redelivered, next };
}
