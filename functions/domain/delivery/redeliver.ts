import type { DeliveryMessage } from '../../contract/messages';
import { notFound, ProductError } from '../errors';
import { countThisHour, type HourlyDeps } from '../tenant/hourly';
import { messageDueAt, type Delivery } from './delivery';
import type { DeliveryQueue } from './dispatch';

/** How a delivery is made pending again. */
export interface Reopening {
  readonly nextAttemptAt: string;
  readonly dueAt: string;
  /** A fresh ULID of the call, which its audit row has too: tells the call's own repetition of the write from another call. */
  readonly by: string;
  /** The `by` of an earlier call that died: what it reopened, or any call since, is left alone. */
  readonly notSince?: string | undefined;
}

export interface RedeliveryDeps extends HourlyDeps {
  readonly deliveries: {
    state(tenantId: string, deliveryId: string, now: Date): Promise<Delivery | undefined>;
    /** Makes an ended delivery pending again, for one attempt. Undefined if it is pending or does not exist. */
    reopen(tenantId: string, deliveryId: string, how: Reopening): Promise<Delivery | undefined>;
  };
  readonly endpoints: { exists(tenantId: string, endpointId: string): Promise<boolean> };
  readonly queue: DeliveryQueue;
}

/**
 * Sends an ended delivery once more, with the same id and body and a new signature. A disabled endpoint gets it too,
 * because a person asked for it.
 *
 * @throws ProductError `not_found`, `delivery_not_redeliverable` while it is pending or when its endpoint was deleted, or
 *   `rate_limited`
 */
export async function redeliver(
  deps: RedeliveryDeps,
  tenantId: string,
  deliveryId: string,
  { now, by }: { readonly now: Date; readonly by: string },
): Promise<Delivery> {
  const delivery = await deps.deliveries.state(tenantId, deliveryId, now);
  if (delivery === undefined) throw notFound('delivery');
  if (!(await deps.endpoints.exists(tenantId, delivery.endpoint_id))) {
    throw new ProductError(
      'delivery_not_redeliverable',
      `The endpoint of this delivery, ${delivery.endpoint_id}, was deleted.`,
    );
  }
  if (delivery.status === 'pending') throw isPending();
  await countThisHour(deps, tenantId, { name: 'redeliveries_per_hour', wanted: 1, now });
  const reopened = await deps.deliveries.reopen(tenantId, deliveryId, { ...dueTimes(now), by });
  if (reopened === undefined) throw isPending();
  await deps.queue.send([messageFor(tenantId, reopened)]);
  return reopened;
}

function isPending(): ProductError {
  return new ProductError('delivery_not_redeliverable', 'This delivery is pending: its next attempt comes by itself.');
}

/** The queue message for the next attempt of a delivery. */
export function messageFor(tenantId: string, delivery: Delivery): DeliveryMessage {
  return { tenant_id: tenantId, delivery_id: delivery.id, attempts: delivery.attempts_made };
}

export function dueTimes(nextAttemptAt: Date): { nextAttemptAt: string; dueAt: string } {
  return { nextAttemptAt: nextAttemptAt.toISOString(), dueAt: messageDueAt(nextAttemptAt) };
}
