/** A stretch of time, in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Shorter gaps are never folded: what one sees at a glance needs no explanation. */
const shortestFoldMs = 10_000;
/** While at least this share of the time is busy, everything has room without folds. */
const busyEnough = 1 / 6;
/** A picture that consists of folds says nothing. */
const maxFolds = 7;
/** So much on both sides of a fold is left as it is, so that what happens beside it stands clear of it. */
const marginMs = 1_000;
const marginOfBusy = 1 / 20;
const mostOfGap = 1 / 10;

/**
 * The gaps that are drawn much shorter than they are, because nothing happens in them: the wait for a retry, or the middle
 * of a long delay. Without that, a delivery that is retried for 28 hours would be seven strokes on a line.
 *
 * @param busy when something happens; a span that begins where it ends is a moment
 * @returns the folds in their order
 */
export function foldsIn(busy: readonly Span[], whole: Span): Span[] {
  const gaps = gapsIn(busy, whole).filter((gap) => lengthOf(gap) >= shortestFoldMs);
  const busyMs = gaps.reduce((left, gap) => left - lengthOf(gap), lengthOf(whole));
  if (busyMs >= lengthOf(whole) * busyEnough) return [];
  // If there are too many, the longest ones are folded. Gaps of one length are all treated alike.
  const longest = gaps.map(lengthOf).sort((a, b) => b - a);
  const limit = longest[maxFolds] ?? 0;
  return gaps.filter((gap) => lengthOf(gap) > limit).map((gap) => middleOf(gap, busyMs));
}

function middleOf(gap: Span, busyMs: number): Span {
  const margin = Math.min(Math.max(marginMs, busyMs * marginOfBusy), lengthOf(gap) * mostOfGap);
  return { from: gap.from + margin, to: gap.to - margin };
}

function gapsIn(busy: readonly Span[], whole: Span): Span[] {
  const gaps: Span[] = [];
  let end = whole.from;
  for (const span of [...busy, { from: whole.to, to: whole.to }].sort((a, b) => a.from - b.from)) {
    const from = Math.min(span.from, whole.to);
    if (from > end) gaps.push({ from: end, to: from });
    end = Math.max(end, Math.min(span.to, whole.to));
  }
  return gaps;
}

export function lengthOf({ from, to }: Span): number {
  return to - from;
}
