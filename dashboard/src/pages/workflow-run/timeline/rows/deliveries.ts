import type { DeliveryStatus } from '../../../../../../functions/domain/delivery/delivery';
import type { DeliveryInStep } from '../../../../../../functions/domain/run/view';
import type { ListedDelivery } from '../../../../api/routes';
import type { Outcome } from '../../picture/outcome';
import type { DeliveryRow, MoreRow, Tick } from './row';
import { timeOf } from './steps';

type InStep = Omit<DeliveryInStep, 'step_index'>;

/** So many deliveries of a step are drawn. The others are in the list that the last row leads to. */
const maxDrawn = 10;

const outcomes: Readonly<Record<DeliveryStatus, Outcome>> = {
  pending: 'running',
  delivered: 'succeeded',
  failed: 'failed',
  blocked: 'failed',
};
/** What needs somebody comes first if not all are drawn. */
const urgency: readonly string[] = ['failed', 'blocked', 'pending', 'delivered'];

/** @param read the deliveries that were read, by their ids */
export function deliveryRows(
  stepId: string,
  deliveries: readonly InStep[],
  read: ReadonlyMap<string, ListedDelivery>,
): (DeliveryRow | MoreRow)[] {
  const now = deliveries.map((delivery) => ({ ...delivery, status: read.get(delivery.id)?.status ?? delivery.status }));
  if (now.length <= maxDrawn) return now.map((delivery) => deliveryRow(delivery, read.get(delivery.id)));
  const urgentFirst = now.sort((a, b) => urgency.indexOf(a.status) - urgency.indexOf(b.status));
  return [
    ...urgentFirst.slice(0, maxDrawn).map((delivery) => deliveryRow(delivery, read.get(delivery.id))),
    { is: 'more', id: `${stepId}-more`, count: now.length - maxDrawn },
  ];
}

function deliveryRow(delivery: InStep, read: ListedDelivery | undefined): DeliveryRow {
  const outcome = Object.entries(outcomes).find(([status]) => status === delivery.status)?.[1] ?? 'waiting';
  const ticks = read === undefined ? [] : ticksOf(read);
  return {
    is: 'delivery',
    id: delivery.id,
    deliveryId: delivery.id,
    endpointId: delivery.endpoint_id,
    url: read?.url,
    status: delivery.status,
    outcome,
    bar: read === undefined ? null : barOf(read, ticks),
    ticks,
  };
}

function ticksOf({ attempts, attempts_made: count, next_attempt_at: next, status }: ListedDelivery): Tick[] {
  const made = (attempts ?? []).map((attempt) => ({
    number: attempt.number,
    at: Date.parse(attempt.at),
    made: attempt,
  }));
  const due = status === 'pending' ? timeOf(next) : null;
  return due === null ? made : [...made, { number: count + 1, at: due, made: undefined }];
}

/** From the event to the end of the last attempt: between the attempts nothing happens. */
function barOf({ created_at: created, status }: ListedDelivery, ticks: readonly Tick[]): DeliveryRow['bar'] {
  const from = Date.parse(created);
  const ends = ticks.flatMap(({ at, made }) => (made === undefined ? [] : [at + made.duration_ms]));
  const due = ticks.find(({ made }) => made === undefined)?.at ?? null;
  return { from, to: status === 'pending' ? null : Math.max(from, ...ends), expected: due, isWait: true };
}
