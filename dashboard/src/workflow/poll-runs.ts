import { busyPace, idlePace } from '../api/pace';
import type { Run } from '../api/routes';
import { serverNow } from '../api/server-clock';

/** Milliseconds to the next read of runs, or of workflows with their last runs: sooner while one has not ended. */
export function pollRuns(runs: readonly Pick<Run, 'status' | 'created_at'>[]): number {
  const open = runs.filter(({ status }) => status === 'queued' || status === 'running');
  if (open.length === 0) return idlePace();
  return busyPace(serverNow() - Math.max(...open.map(({ created_at: at }) => Date.parse(at))));
}
