import { addSeconds } from '../day';
import { messageDueAt, type Delivery } from './delivery';
import type { DeliveryQueue } from './dispatch';
import { messageFor } from './redeliver';
import { maxQueueDelaySeconds } from './schedule';

export interface OverdueDeps {
  readonly deliveries: {
    state(tenantId: string, deliveryId: string, now: Date): Promise<Delivery | undefined>;
    /** Moves the due time; false when the delivery ended or was attempted meanwhile. */
    postpone(tenantId: string, delivery: Delivery, dueAt: string): Promise<boolean>;
  };
  readonly queue: DeliveryQueue;
}

/**
 * Queues an overdue delivery again: its message was lost, its worker died, or its next attempt was too far off for the
 * queue. If it is taken up before its time, because a restarted local run treats everything as due, it keeps its
 * schedule. Two calls at once send two messages, of which one is dropped.
 *
 * @returns the delivery if its message was sent
 */
export async function redeliverOverdue(
  deps: OverdueDeps,
  tenantId: string,
  deliveryId: string,
  now: Date,
): Promise<Delivery | undefined> {
  const delivery = await deps.deliveries.state(tenantId, deliveryId, now);
  if (delivery?.status !== 'pending') return undefined;
  // While a lease holds, the message would be dropped; its holder may be alive, or may have just died.
  const notBefore = [delivery.next_attempt_at, delivery.lease_until].map((at) => (at ? Date.parse(at) : 0));
  const delaySeconds = Math.max(0, Math.ceil((Math.max(...notBefore) - now.getTime()) / 1000));
  const nextAttemptAt = addSeconds(now, delaySeconds);
  const queued = delaySeconds <= maxQueueDelaySeconds;
  const moved = await deps.deliveries.postpone(
    tenantId,
    delivery,
    queued ? messageDueAt(nextAttemptAt) : nextAttemptAt.toISOString(),
  );
  if (!moved || !queued) return undefined;
  await deps.queue.send([messageFor(tenantId, delivery)], { delaySeconds });
  return delivery;
}
