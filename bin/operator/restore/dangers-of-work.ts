import * as z from 'zod/mini';
import { deliveryStatusSchema } from '../../../functions/domain/delivery/delivery';
import { isTerminal, runStatusSchema } from '../../../functions/domain/run-status';
import type { Danger } from './danger';
import type { RowPair } from './row-pairs';
import { subjectOf } from './subject';

const runSchema = z.object({ status: runStatusSchema, cursor: z.int() });
const deliverySchema = z.object({ status: deliveryStatusSchema, attempts_made: z.int() });

/** Work that live has done and the restored table has not: it would be done again. */
export function dangersOfWork(pair: RowPair): Danger[] {
  if (pair.kind === 'runs') return repeatedRun(pair);
  if (pair.kind === 'deliveries') return repeatedDelivery(pair);
  return [];
}

function repeatedRun(pair: RowPair): Danger[] {
  const [live, restored] = [runSchema.safeParse(pair.live).data, runSchema.safeParse(pair.restored).data];
  if (live === undefined || restored === undefined) return [];
  const subject = subjectOf(pair);
  const [now, then] = [live, restored].map(({ status, cursor }) => `${status} after ${cursor} steps`);
  const found = { subject, live: now ?? '', restored: then ?? '' };
  // A terminal status never changes.
  if (isTerminal(restored.status))
    return live.status === restored.status ? [] : [{ kind: 'altered_in_live', ...found }];
  const wentOn = isTerminal(live.status) || live.cursor > restored.cursor;
  return wentOn ? [{ kind: 'run_repeats', ...found }] : [];
}

function repeatedDelivery(pair: RowPair): Danger[] {
  const [live, restored] = [deliverySchema.safeParse(pair.live).data, deliverySchema.safeParse(pair.restored).data];
  if (live === undefined || restored?.status !== 'pending') return [];
  if (live.status === 'pending' && live.attempts_made <= restored.attempts_made) return [];
  const [now, then] = [live, restored].map(({ status, attempts_made }) => `${status} after ${attempts_made} attempts`);
  return [{ kind: 'delivery_repeats', subject: subjectOf(pair), live: now ?? '', restored: then ?? '' }];
}
