import type { DeliveryMessage } from '../../contract/messages';
import { hostOf } from '../endpoint/host/name';
import { messageDueAt, newDelivery, type AttemptTrigger, type Delivery } from './delivery';
import { newEvent, type EventTarget, type Occurrence, type WebhookEvent } from './event';

/** The queue of delivery attempts. `send` never rejects: recovery queues again what the queue did not take. */
export interface DeliveryQueue {
  /** @param options.delaySeconds at most 900 */
  send(messages: readonly DeliveryMessage[], options?: { readonly delaySeconds?: number }): Promise<void>;
}

export interface DispatchDeps {
  readonly events: {
    /** Stores the event unless its id exists, and returns the stored one: the same object if this call stored it. */
    putIfAbsent(tenantId: string, event: WebhookEvent): Promise<WebhookEvent>;
  };
  readonly deliveries: {
    /** Stores the delivery unless it exists; an existing one is never changed. */
    putIfAbsent(tenantId: string, delivery: Delivery, dueAt: string): Promise<void>;
    /** The ids of an event's deliveries that are stored. */
    idsOfEvent(tenantId: string, eventId: string): Promise<ReadonlySet<string>>;
  };
  readonly queue: DeliveryQueue;
}

/**
 * Attempts a second to each endpoint, by its id, as the caller has just read them. They only tell the worker in advance
 * which turn to ask for.
 */
export type Rates = ReadonlyMap<string, number>;

/**
 * How many deliveries of one event are put at once. Ten puts of 5 to 10 ms are 1,000 to 2,000 a second, so one run can
 * use all of the 1,000 write units a second that its tenant's partition has; more at once would only be throttled. It
 * is also the number of messages that SQS takes in one request.
 */
export const parallelPuts = 10;

/**
 * Makes an event and its deliveries durable, and queues each as soon as it is durable. A repetition with the same
 * occurrence, by a retried step or by two workers at once, finds the same rows: the first call decides targets, time
 * and bodies. It puts and queues only the deliveries that the first call did not come to, because a put costs its write
 * units also where the row exists, and a partition that throttled the first call has none to spare.
 *
 * @throws the first error of the table, after all puts that were begun have ended
 */
export async function dispatchEvent(
  deps: DispatchDeps,
  tenantId: string,
  what: { occurrence: Occurrence; targets: readonly EventTarget[]; rates: Rates; trigger: AttemptTrigger },
  now: Date,
): Promise<{ event: WebhookEvent; deliveries: readonly Delivery[] }> {
  const created = newEvent(what.occurrence, what.targets, now);
  const event = await deps.events.putIfAbsent(tenantId, created);
  const deliveries = event.targets.map((target) => newDelivery(event, target, what.trigger, now));
  const stored = event === created ? new Set() : await deps.deliveries.idsOfEvent(tenantId, event.id);
  await storeAndQueue(
    deps,
    tenantId,
    deliveries.filter(({ id }) => !stored.has(id)),
    what.rates,
    now,
  );
  return { event, deliveries };
}

async function storeAndQueue(
  deps: DispatchDeps,
  tenantId: string,
  deliveries: readonly Delivery[],
  rates: Rates,
  now: Date,
): Promise<void> {
  const sent: Promise<void>[] = [];
  try {
    for (let from = 0; from < deliveries.length; from += parallelPuts) {
      const batch = deliveries.slice(from, from + parallelPuts);
      const puts = await Promise.allSettled(
        batch.map((delivery) => deps.deliveries.putIfAbsent(tenantId, delivery, messageDueAt(now))),
      );
      const durable = batch.filter((_, index) => puts[index]?.status === 'fulfilled');
      sent.push(deps.queue.send(durable.map((delivery) => firstMessage(tenantId, delivery, rates))));
      const failed = puts.find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected') throw failed.reason;
    }
  } finally {
    await Promise.all(sent);
  }
}

function firstMessage(tenantId: string, { id, url, endpoint_id }: Delivery, rates: Rates): DeliveryMessage {
  const perSecond = rates.get(endpoint_id);
  const pace = perSecond === undefined ? undefined : { host: hostOf(url), per_second: perSecond };
  return { tenant_id: tenantId, delivery_id: id, attempts: 0, pace };
}
