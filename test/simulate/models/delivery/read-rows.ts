import type { Row } from '../../../../functions/aws/database';
import { deliverySchema, type Delivery } from '../../../../functions/domain/delivery/delivery';
import type { AttemptRow, DeliveryRow } from './rows';

/** Clocks may differ, and a message may come early, by this much. */
const earlyMs = 2000;
const coreSchema = deliverySchema.shape;

/** Reads the row of a delivery as the model sees it. */
export function readDelivery(row: Row | undefined, now: Date): DeliveryRow | undefined {
  if (row === undefined) return undefined;
  const status: Delivery['status'] = coreSchema.status.parse(row['status']);
  const trigger: Delivery['trigger'] = coreSchema.trigger.parse(row['trigger']);
  const { lease, lease_until: until, waiting_until: turn, reopened_by: by, attempts } = row;
  const isPast = (at: unknown, graceMs = 0) => Date.parse(String(at)) < now.getTime() + graceMs;
  return {
    status,
    trigger,
    made: Number(row['attempts_made']),
    lease: typeof lease === 'string' ? lease : null,
    hold: until === undefined ? 'none' : isPast(until) ? 'out' : 'held',
    turn: turn === undefined ? 'none' : isPast(turn, earlyMs + 1) ? 'come' : 'waits',
    due: row['due_at'] !== undefined,
    by: typeof by === 'string' ? by : null,
    inRow: Array.isArray(attempts) && attempts.length > 0,
  };
}

export function readAttempt(row: Row | undefined): AttemptRow | undefined {
  if (row === undefined) return undefined;
  const error: unknown = row['error'];
  const isUnrecorded = typeof error === 'object' && error !== null && 'class' in error && error.class === 'unrecorded';
  return isUnrecorded ? 'unrecorded' : 'logged';
}
