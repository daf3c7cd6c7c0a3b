import { notFound, ProductError } from './errors';
import { messageDueAt, type Delivery } from './webhook-delivery';
import type { DeliveryQueue, DeliveryTicket } from './webhook-dispatch';

/** How a delivery is made pending again. */
export interface Reopening {
  readonly nextAttemptAt: string;
  readonly dueAt: string;
  /** Fresh for each call, such as the id of its audit row: tells the call's own repetition of the write from another call. */
  readonly by: string;
}

export interface RedeliveryDeps {
  readonly deliveries: {
    get(tenantId: string, deliveryId: string, now: Date): Promise<Delivery | undefined>;
    /** Makes an ended delivery pending again, for one attempt; undefined when it is pending or gone. */
    reopen(tenantId: string, deliveryId: string, how: Reopening): Promise<Delivery | undefined>;
  };
  readonly endpoints: { exists(tenantId: string, endpointId: string): Promise<boolean> };
  readonly queue: DeliveryQueue;
}

/**
 * Sends an ended delivery once more, with the same id and body, signed anew. Also to a disabled endpoint: a person asked.
 *
 * @throws ProductError `not_found`, or `delivery_not_redeliverable` while it is pending or when its endpoint was deleted
 */
export async function redeliver(
  deps: RedeliveryDeps,
  tenantId: string,
  deliveryId: string,
  { now, by }: { readonly now: Date; readonly by: string },
): Promise<Delivery> {
  const delivery = await deps.deliveries.get(tenantId, deliveryId, now);
  if (delivery === undefined) throw notFound('delivery');
  if (!(await deps.endpoints.exists(tenantId, delivery.endpoint_id))) {
    throw new ProductError(
      'delivery_not_redeliverable',
      `The endpoint of this delivery, ${delivery.endpoint_id}, was deleted.`,
    );
  }
  const reopened = await deps.deliveries.reopen(tenantId, deliveryId, { ...dueTimes(now), by });
  if (reopened === undefined) {
    throw new ProductError('delivery_not_redeliverable', 'This delivery is pending: its next attempt comes by itself.');
  }
  await deps.queue.send([ticketFor(tenantId, reopened)]);
  return reopened;
}

/** The message for a delivery's next attempt. */
export function ticketFor(tenantId: string, delivery: Delivery): DeliveryTicket {
  return { tenant_id: tenantId, delivery_id: delivery.id, attempts: delivery.attempts_made };
}

export function dueTimes(nextAttemptAt: Date): { nextAttemptAt: string; dueAt: string } {
  return { nextAttemptAt: nextAttemptAt.toISOString(), dueAt: messageDueAt(nextAttemptAt) };
}
