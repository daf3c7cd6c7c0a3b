import { isAway } from './presence';

/**
 * How many requests one open tab sends in a minute without anybody doing anything, at most. docs/decisions/dashboard.md
 * has the reasons. A hidden tab sends none.
 */
export const requestsPerMinute = { idle: 8, busy: 20 } as const;

/** What a page is about, while nothing on it is going on. */
const idleMs = 15_000;
/** What is shown beside it, such as how much of the daily cap is used. */
const besideMs = 30_000;
/** What goes on. */
const busyMs = 5_000;
/** What has just begun. */
const quickMs = 1_000;
const quickForMs = 10_000;
/** Above so many requests in the last minute nothing is read quickly, so that the budget holds however much begins. */
const quickPerMinute = 8;
/** A tab that nobody has touched for a long time asks so many times more rarely. */
const awayFactor = 4;
const minuteMs = 60_000;

/** When the reads of the last minute were sent, by the page's own clock. */
let sent: readonly number[] = [];

/** Counts a read. Called for every GET of the page. */
export function noteRead(): void {
  sent = [...readsOfLastMinute(), performance.now()];
}

/** Milliseconds to the next read of a page on which nothing goes on. */
export function idlePace(): number {
  return unlessAway(idleMs);
}

/** Milliseconds to the next read of what a page shows beside its subject. */
export function besidePace(): number {
  return unlessAway(besideMs);
}

/** Milliseconds to the next read of something that goes on. @param ageMs how long ago the last part of it began */
export function busyPace(ageMs: number): number {
  const isQuick = ageMs < quickForMs && readsOfLastMinute().length < quickPerMinute;
  return unlessAway(isQuick ? quickMs : busyMs);
}

function unlessAway(ms: number): number {
  return isAway() ? ms * awayFactor : ms;
}

function readsOfLastMinute(): readonly number[] {
  const now = performance.now();
  return sent.filter((at) => now - at < minuteMs);
}
