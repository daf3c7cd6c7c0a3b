import type { Attempt, Delivery } from '../../../functions/domain/delivery/delivery';
import { printDetails, printTable, printTime } from '../terminal/table';

export function printDelivery(delivery: Delivery): string {
  const properties = printDetails({
    id: delivery.id,
    event: delivery.event,
    run: delivery.run_id,
    step: delivery.step_index === null ? null : delivery.step_index + 1,
    endpoint: delivery.endpoint_id,
    url: delivery.url,
    status: delivery.status,
    'ended because': delivery.ended_reason,
    'next attempt': delivery.status === 'pending' ? printTime(delivery.next_attempt_at) : null,
    'waiting for its turn until': printTime(delivery.waiting_until),
    created: printTime(delivery.created_at),
    'kept until': printTime(delivery.expires_at),
  });
  const attempts = printTable(
    ['attempt', 'at', 'duration', 'ip address', 'http status', 'outcome'],
    delivery.attempts.map((attempt) => [
      `${attempt.number}${attempt.trigger === 'event' ? '' : ` (${attempt.trigger})`}`,
      printTime(attempt.at),
      `${attempt.duration_ms} ms`,
      attempt.address,
      attempt.response_status,
      outcomeOf(attempt),
    ]),
    'No attempt yet.',
  );
  return `${properties}\n\n${attempts}`;
}

function outcomeOf({ error, response_excerpt: excerpt }: Attempt): string | null {
  if (error === null) return excerpt;
  return `${error.class}${error.rule === null ? '' : ` (${error.rule})`}: ${error.detail}`;
}
