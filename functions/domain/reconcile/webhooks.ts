import type { Delivery } from '../delivery/delivery';
import type { WebhookEvent } from '../delivery/event';
import { deliveryIdOf, stepEventId } from '../delivery/ids';
import { isOverdue, type Finding } from './difference';
import type { RunToReconcile } from './run';

/** A delivery with its `due_at`. */
export interface DeliveryToReconcile extends Pick<Delivery, 'id' | 'run_id' | 'run_uid' | 'endpoint_id' | 'status'> {
  readonly due_at?: string | undefined;
}

/**
 * Checks that each performed webhook step has its event, and that each endpoint named in the event has its delivery.
 */
export function judgeEvents(
  run: RunToReconcile,
  events: readonly WebhookEvent[],
  deliveries: ReadonlySet<string>,
): Finding[] {
  return run.trail.flatMap(({ type, output }, step): Finding[] => {
    const matched = output?.['matched_endpoints'];
    if (type !== 'fire_webhook_event' || typeof matched !== 'number') return [];
    const subject = `run ${run.id}, step ${step + 1}`;
    const event = events.find(({ id }) => id === stepEventId(run.uid, step));
    if (event === undefined || event.targets.length !== matched) {
      const found = event === undefined ? 'no event' : `an event for ${event.targets.length}`;
      return [{ kind: 'event_differs', subject, expected: `an event for ${matched} endpoints`, found, repair: null }];
    }
    return event.targets.flatMap(({ endpoint_id: endpointId }): Finding[] => {
      if (deliveries.has(deliveryIdOf(event.id, endpointId))) return [];
      const repair = { act: 'put_delivery', eventId: event.id, endpointId } as const;
      return [{ kind: 'delivery_missing', subject, expected: `a delivery to ${endpointId}`, found: 'none', repair }];
    });
  });
}

/** Checks that a delivery has its event and, if a run caused it, that run, and that it has ended or will end. */
export function judgeDelivery(
  delivery: DeliveryToReconcile,
  event: WebhookEvent | undefined,
  run: Pick<RunToReconcile, 'uid'> | undefined,
  now: Date,
): Finding[] {
  const { id, status, due_at: dueAt } = delivery;
  const unknown = (found: string): Finding[] => [
    { kind: 'delivery_unknown', subject: id, expected: 'an event and a run that account for it', found, repair: null },
  ];
  if (event === undefined) return unknown('no event');
  if (!event.targets.some(({ endpoint_id }) => endpoint_id === delivery.endpoint_id))
    return unknown('an event that names other endpoints');
  if (delivery.run_id !== null && run?.uid !== delivery.run_uid) return unknown('no such run of this tenant');
  if (status !== 'pending') {
    if (dueAt === undefined) return [];
    const repair = { act: 'close_delivery', deliveryId: id } as const;
    return [{ kind: 'still_open', subject: id, expected: 'no due time', found: `${status}, due ${dueAt}`, repair }];
  }
  if (dueAt === undefined) {
    const repair = { act: 'look_at_delivery', deliveryId: id } as const;
    return [{ kind: 'never_due', subject: id, expected: 'a due time', found: 'pending', repair }];
  }
  if (!isOverdue(dueAt, now)) return [];
  return [{ kind: 'overdue', subject: id, expected: 'dealt with', found: `pending, due ${dueAt}`, repair: null }];
}
