import { keptAttempts, unrecordedAttempt, type Attempt, type Delivery } from '../../domain/delivery/delivery';

/** Whether the row of a delivery has its only attempt in it, so that no other row needs to be read. */
export function isWhole({ status, attempts, attempts_made: made }: Delivery): boolean {
  return status !== 'pending' && attempts.length > 0 && attempts.length === made;
}

/**
 * The last attempts in their order, and the one whose lease has run out without a result.
 *
 * @param shown makes of that one what `stored` has
 */
export function lastAttempts<Shown extends Pick<Attempt, 'number' | 'at'>>(
  delivery: Delivery,
  stored: readonly Shown[],
  now: Date,
  shown: (attempt: Attempt) => Shown,
): Shown[] {
  const { lease_until: until } = delivery;
  const attempts = [...stored];
  if (until !== undefined && Date.parse(until) < now.getTime()) {
    const lost = unrecordedAttempt(delivery, until);
    if (!attempts.some(({ number, at }) => number === lost.number && at === lost.at)) attempts.push(shown(lost));
  }
  return attempts.sort((a, b) => a.number - b.number || a.at.localeCompare(b.at)).slice(-keptAttempts);
}
