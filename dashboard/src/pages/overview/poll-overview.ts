import type { Overview } from '../../../../functions/domain/run/overview/view';
import { busyPace } from '../../api/pace';
import { pollRuns } from '../../workflow/poll-runs';

/** Quickly while the counting goes on or a run has just begun, and rarely while nothing goes on. */
export function pollOverview({ window, runs, latest }: Pick<Overview, 'window' | 'runs' | 'latest'>): number {
  if (!window.complete) return busyPace(0);
  const isOpenBefore = runs.queued + runs.running > 0 && !latest.some(({ finished_at: end }) => end === null);
  return isOpenBefore ? busyPace(Infinity) : pollRuns(latest);
}
