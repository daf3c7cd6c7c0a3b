/**
 * Bounds what strangers can make one function instance do.
 *
 * @returns takes a turn; false if all turns of the last minute are taken
 */
export function turnsPerMinute(turns: number, now: () => Date): () => boolean {
  const taken: number[] = [];
  return () => {
    const nowMs = now().getTime();
    // If the clock is set back, no turn must stay taken for ever.
    while (taken[0] !== undefined && Math.abs(nowMs - taken[0]) >= 60_000) taken.shift();
    if (taken.length >= turns) return false;
    taken.push(nowMs);
    return true;
  };
}
