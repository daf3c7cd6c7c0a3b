import type { DeliveryMessage } from '../../contract/messages';
import { messageDueAt, newDelivery, type AttemptTrigger, type Delivery } from './delivery';
import { newEvent, type EventTarget, type Occurrence, type WebhookEvent } from './event';

/** The queue of delivery attempts. `send` never rejects: recovery queues again what the queue did not take. */
export interface DeliveryQueue {
  /** @param options.delaySeconds at most 900 */
  send(messages: readonly DeliveryMessage[], options?: { readonly delaySeconds?: number }): Promise<void>;
}

export interface DispatchDeps {
  readonly events: {
    /** Stores the event unless its id exists, and returns the stored one. */
    putIfAbsent(tenantId: string, event: WebhookEvent): Promise<WebhookEvent>;
  };
  readonly deliveries: {
    /** Stores the delivery unless it exists; an existing one is never changed. */
    putIfAbsent(tenantId: string, delivery: Delivery, dueAt: string): Promise<void>;
  };
  readonly queue: DeliveryQueue;
}

/**
 * Makes an event and its deliveries durable, then queues them. A repetition with the same occurrence, by a retried step
 * or by two workers at once, finds the same rows and sends messages that are dropped as duplicates: the first call
 * decides targets, time and bodies.
 */
export async function dispatchEvent(
  deps: DispatchDeps,
  tenantId: string,
  what: { occurrence: Occurrence; targets: readonly EventTarget[]; trigger: AttemptTrigger },
  now: Date,
): Promise<{ event: WebhookEvent; deliveries: readonly Delivery[] }> {
  const event = await deps.events.putIfAbsent(tenantId, newEvent(what.occurrence, what.targets, now));
  const deliveries = event.targets.map((target) => newDelivery(event, target, what.trigger, now));
  await Promise.all(deliveries.map((delivery) => deps.deliveries.putIfAbsent(tenantId, delivery, messageDueAt(now))));
  await deps.queue.send(deliveries.map(({ id }) => ({ tenant_id: tenantId, delivery_id: id, attempts: 0 })));
  return { event, deliveries };
}
