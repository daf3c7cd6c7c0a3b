import { addSeconds } from '../day';
import { messageGraceSeconds } from '../timetable';
import type { Delivery } from './delivery';
import type { DeliveryQueue } from './dispatch';
import { messageFor } from './redeliver';
import { maxQueueDelaySeconds } from './schedule';

export interface OverdueDeps {
  readonly deliveries: {
    state(tenantId: string, deliveryId: string, now: Date): Promise<Delivery | undefined>;
  };
  readonly queue: DeliveryQueue;
}

/**
 * Queues an overdue delivery again: its message was lost, its worker died, or its next attempt was too far off for the
 * queue. Nothing is written, because that would cost three write units for each retry: each pass queues it again until an
 * attempt is recorded, and messages for an attempt that was made are dropped. If it is taken up before its time, because a
 * restarted local run treats everything as due, it keeps its schedule.
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
  if (delaySeconds > maxQueueDelaySeconds) return undefined;
  await deps.queue.send([messageFor(tenantId, delivery)], { delaySeconds });
  return delivery;
}

/** Whether the delivery's message was lost or waits in the queue for very long; a planned retry is queued on time. */
export function isLate({ next_attempt_at: next }: Pick<Delivery, 'next_attempt_at'>, now: Date): boolean {
  return next !== null && addSeconds(new Date(next), messageGraceSeconds) <= now;
}
