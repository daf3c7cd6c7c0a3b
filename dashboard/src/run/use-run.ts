import { busyPace, idlePace } from '../api/pace';
import type { RunDetail } from '../api/routes';
import { serverNow } from '../api/server-clock';
import { useRead } from '../api/use-api';
import { isOpen } from './open';

/**
 * A run with its steps, read again quickly while steps begin, and more rarely while it waits or has ended. What becomes of
 * its deliveries then is seen by who reads those, see `useAttempts`.
 */
export function useRun(id: string) {
  return useRead('GET workflow-runs/{id}', { id }, { poll });
}

function poll(run: RunDetail): number {
  if (!isOpen(run)) return idlePace();
  const begun = [run.created_at, ...run.steps.map(({ started_at: at }) => at ?? run.created_at)];
  return busyPace(serverNow() - Math.max(...begun.map((at) => Date.parse(at))));
}
