/** Whether a schedule with these decisions still breaks the promise; then its decisions as they were made. */
export type StillBreaks = (decisions: readonly number[]) => Promise<readonly number[] | undefined>;

/** Schedules that shrinking may play. */
const mostTries = 4_000;

/**
 * Makes the decisions of a failing schedule as harmless as they can be without losing the failure: first a shorter list,
 * then zeros in ever smaller pieces, then pieces left out, then smaller numbers.
 */
export async function shrink(
  decisions: readonly number[],
  stillBreaks: StillBreaks,
): Promise<{ readonly decisions: readonly number[]; readonly tried: number }> {
  let best = trimmed(decisions);
  let tried = 0;
  const attempt = async (candidate: readonly number[]): Promise<boolean> => {
    if (tried >= mostTries || isSame(candidate, best)) return false;
    tried += 1;
    const made = await stillBreaks(candidate);
    if (made === undefined) return false;
    const kept = trimmed(made);
    if (costOf(kept) >= costOf(best)) return false;
    best = kept;
    return true;
  };
  for (let cost = Infinity; costOf(best) < cost && tried < mostTries;) {
    cost = costOf(best);
    for (let size = best.length; size >= 1; size = Math.floor(size / 2)) {
      for (let at = 0; at < best.length; at += size) {
        await attempt([...best.slice(0, at), ...best.slice(at, at + size).map(() => 0), ...best.slice(at + size)]);
      }
    }
    for (let size = 16; size >= 1; size = Math.floor(size / 2)) {
      for (let at = 0; at < best.length;) {
        if (!(await attempt([...best.slice(0, at), ...best.slice(at + size)]))) at += size;
      }
    }
    for (let at = 0; at < best.length; at += 1) {
      for (let smaller = 1; smaller < (best[at] ?? 0); smaller += 1) {
        if (await attempt(best.with(at, smaller))) break;
      }
    }
  }
  return { decisions: best, tried };
}

/** Harmful decisions count most, then the length. */
function costOf(decisions: readonly number[]): number {
  return decisions.reduce((sum, decision) => sum + (decision === 0 ? 1 : 1_000 + decision), 0);
}

/** Decisions after the last one are harmless, so zeros at the end say nothing. */
function trimmed(decisions: readonly number[]): readonly number[] {
  let end = decisions.length;
  while (end > 0 && decisions[end - 1] === 0) end -= 1;
  return decisions.slice(0, end);
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((decision, index) => decision === other[index]);
}
