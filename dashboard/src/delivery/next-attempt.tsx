import type { Delivery } from '../api/routes';
import { Until } from '../parts/clock/elapsed';

type Next = Pick<Delivery, 'next_attempt_at' | 'waiting_until'>;

/** When a delivery is attempted next, in how long that is, and whether it only waits for its turn. */
export function NextAttempt({ delivery, empty = '–' }: { delivery: Next; empty?: string }) {
  const { next_attempt_at: at, waiting_until: turn } = delivery;
  if (turn !== null) {
    return (
      <span title="More is sent to this endpoint or its host than may be sent at once.">
        Waiting for its turn until <Until at={turn} />
      </span>
    );
  }
  return at === null ? empty : <Until at={at} />;
}
