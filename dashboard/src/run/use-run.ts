import { busyPace, idlePace } from '../api/pace';
import type { RunDetail } from '../api/routes';
import { serverNow } from '../api/server-clock';
import { useRead } from '../api/use-api';
import { isOpen } from './columns';
import { deliveriesIn } from './step-output';

/** Retries of a delivery go on for hours, but nobody watches the page for that long. */
const watchDeliveriesMs = 180_000;

/** A run with its steps, read again quickly while steps begin, and more rarely while it waits or has ended. */
export function useRun(id: string) {
  return useRead('GET workflow-runs/{id}', { id }, { poll });
}

function poll(run: RunDetail): number {
  if (isOpen(run)) {
    const begun = [run.created_at, ...run.steps.map(({ started_at: at }) => at ?? run.created_at)];
    return busyPace(serverNow() - Math.max(...begun.map((at) => Date.parse(at))));
  }
  const endedMsAgo = serverNow() - Date.parse(run.finished_at ?? run.created_at);
  const isDelivering = run.steps.some(({ output }) => deliveriesIn(output).some(({ status }) => status === 'pending'));
  return isDelivering && endedMsAgo < watchDeliveriesMs ? busyPace(endedMsAgo) : idlePace();
}
