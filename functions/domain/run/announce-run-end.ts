import { announce } from '../delivery/announce';
import { matchingTargets, type FireDeps } from '../delivery/fire-event';
import { runEndEventId } from '../delivery/ids';
import { matchesSystemEvent } from '../endpoint/subscription';
import { originOf, type Run } from './run';

/**
 * True if an active endpoint subscribes to `run.<status>`. Call it before the write that ends the run; if it is true,
 * keep `due_at` set until the event is stored.
 *
 * It costs one query.
 */
export async function runEndIsAwaited(
  { endpoints }: Pick<FireDeps, 'endpoints'>,
  tenantId: string,
  status: 'succeeded' | 'failed',
): Promise<boolean> {
  const subscriptions = await endpoints.subscriptions(tenantId);
  return matchingTargets(subscriptions, (patterns) => matchesSystemEvent(patterns, `run.${status}`)).length > 0;
}

/**
 * Publishes `run.succeeded` or `run.failed` for a run that has ended; a cancelled run publishes nothing. Call it after
 * the write that ended the run, and again whenever a retry finds the run ended: it is the same event each time.
 */
export async function announceRunEnd(deps: FireDeps, tenantId: string, run: Run, now: Date): Promise<void> {
  if (run.status !== 'succeeded' && run.status !== 'failed') return;
  await announce(deps, tenantId, `run.${run.status}`, now, {
    id: runEndEventId(run.uid),
    run: { id: run.id, uid: run.uid, workflow_id: run.workflow_id },
    origin: originOf(run),
    stepIndex: null,
    data: {
      status: run.status,
      workflow_name: run.workflow_name,
      workflow_version: run.workflow_version,
      steps_total: run.steps_total,
      steps_succeeded: run.steps_succeeded,
      steps_failed: run.steps_failed,
      created_at: run.created_at,
      finished_at: run.finished_at,
      error: run.error,
    },
  });
}
