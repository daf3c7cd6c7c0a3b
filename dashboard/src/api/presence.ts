const awayAfterMs = 3_600_000;
const signs = ['pointermove', 'pointerdown', 'wheel', 'keydown'] as const;

/** When somebody last touched the page, by the page's own clock, which begins when the page is opened. */
let lastSignAt = 0;

/** True if nobody has touched the page for an hour. */
export function isAway(): boolean {
  return performance.now() - lastSignAt > awayAfterMs;
}

/** Calls `returned` when somebody touches the page again after having been away. */
export function watchPresence(returned: () => void): void {
  const note = () => {
    const wasAway = isAway();
    lastSignAt = performance.now();
    if (wasAway) returned();
  };
  for (const sign of signs) addEventListener(sign, note, { passive: true, capture: true });
}
