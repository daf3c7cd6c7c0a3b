import type { Run } from '../../../api/routes';

export interface RunBar {
  readonly run: Run;
  /** Null if the run never started. */
  readonly tookMs: number | null;
  /** From 0 to 1, the longest run of all. */
  readonly height: number;
}

/**
 * The bars of runs, from the oldest to the newest. `shown` is there in any case, and as it is: the list may have been
 * read before it ended, and many runs may have been started since.
 *
 * @param newestFirst runs as the API lists them
 */
export function barsOf(newestFirst: readonly Run[], shown: Run, now: number): RunBar[] {
  const others = newestFirst.filter(({ id }) => id !== shown.id);
  const bars = [...others, shown].sort((a, b) => a.id - b.id).map((run) => ({ run, tookMs: tookOf(run, now) }));
  const longest = Math.max(1, ...bars.map(({ tookMs }) => tookMs ?? 0));
  return bars.map((bar) => ({ ...bar, height: (bar.tookMs ?? 0) / longest }));
}

/** The one in the middle of the runs that have succeeded, which a single slow run does not change. */
export function usualMs(bars: readonly RunBar[]): number | undefined {
  const taken = bars.filter(({ run }) => run.status === 'succeeded').flatMap(({ tookMs }) => tookMs ?? []);
  return taken.sort((a, b) => a - b)[Math.floor(taken.length / 2)];
}

function tookOf({ started_at: from, finished_at: to }: Run, now: number): number | null {
  if (from === null) return null;
  return Math.max(0, (to === null ? now : Date.parse(to)) - Date.parse(from));
}
