import type { RunDetail } from '../api/routes';
import { serverNow } from '../api/server-clock';
import { useRead } from '../api/use-api';
import { isOpen } from './columns';
import { deliveriesIn } from './step-output';

const runPollMs = 1_000;
const deliveryPollMs = 3_000;
/** Retries of a delivery go on for hours, but nobody watches the page for that long. */
const watchDeliveriesMs = 180_000;

/** A run with its steps, refreshed until the run has ended and its webhooks are delivered. */
export function useRun(id: string) {
  return useRead('GET workflow-runs/{id}', { id }, { poll });
}

function poll(run: RunDetail): number | false {
  if (isOpen(run)) return runPollMs;
  const endedMsAgo = serverNow() - Date.parse(run.finished_at ?? run.created_at);
  const isDelivering = run.steps.some(({ output }) => deliveriesIn(output).some(({ status }) => status === 'pending'));
  return isDelivering && endedMsAgo < watchDeliveriesMs ? deliveryPollMs : false;
}
