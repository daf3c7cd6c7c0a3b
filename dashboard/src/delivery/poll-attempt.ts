import { busyPace, idlePace } from '../api/pace';
import { serverNow } from '../api/server-clock';

const soonMs = 60_000;

/**
 * Milliseconds to the next read of a delivery that is to be attempted at `nextAttempt`; null if the attempt is being
 * made. Nobody keeps a page open for a retry that is further away than a minute.
 */
export function pollAttempt(nextAttempt: string | null): number {
  const leftMs = nextAttempt === null ? 0 : Date.parse(nextAttempt) - serverNow();
  return leftMs < soonMs ? busyPace(Math.abs(leftMs)) : idlePace();
}
