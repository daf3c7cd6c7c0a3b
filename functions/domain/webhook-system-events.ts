import { matchingTargets, type FireDeps } from './fire-webhook-event';
import { originOf, type Run } from './run';
import { dispatchEvent } from './webhook-dispatch';
import type { Endpoint } from './webhook-endpoint';
import type { Occurrence } from './webhook-event';
import { disabledEventId, runEndEventId } from './webhook-ids';
import { matchesSystemEvent, type SystemEvent } from './webhook-subscription';

/**
 * Whether an endpoint of the tenant asks for the event of a run that ends so. Ask before the write that ends the run: if
 * it is, the run stays on recovery's list until the event is durable.
 *
 * Cost: the one query of `subscriptions`.
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
 * Fires `run.succeeded` or `run.failed` for a run that has ended; a cancelled run fires nothing. Call it after the write
 * that ended the run, and again whenever a repeat finds the run ended: the event is the same one each time.
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

export interface AnnounceDisabledDeps extends FireDeps {
  readonly health: { noteDisablingAnnounced(tenantId: string, endpointId: string): Promise<void> };
}

/**
 * Fires `endpoint.disabled` once for each disabling. Whoever meets a disabled endpoint that was not announced yet may
 * call this, so a process that dies in between loses nothing.
 */
export async function announceDisabled(
  deps: AnnounceDisabledDeps,
  tenantId: string,
  endpoint: Endpoint,
  now: Date,
): Promise<void> {
  if (endpoint.status !== 'disabled' || endpoint.disabled_at === null || endpoint.disabling_announced) return;
  await announce(deps, tenantId, 'endpoint.disabled', now, {
    id: disabledEventId(endpoint.id, endpoint.disabled_at),
    run: null,
    stepIndex: null,
    data: {
      endpoint_id: endpoint.id,
      url: endpoint.url,
      disabled_reason: endpoint.disabled_reason,
      disabled_at: endpoint.disabled_at,
    },
  });
  await deps.health.noteDisablingAnnounced(tenantId, endpoint.id);
}

async function announce(
  deps: FireDeps,
  tenantId: string,
  type: SystemEvent,
  now: Date,
  occurrence: Omit<Occurrence, 'type'>,
): Promise<void> {
  const targets = matchingTargets(await deps.endpoints.subscriptions(tenantId), (patterns) =>
    matchesSystemEvent(patterns, type),
  );
  if (targets.length === 0) return;
  await dispatchEvent(deps, tenantId, { occurrence: { ...occurrence, type }, targets, trigger: 'event' }, now);
}
