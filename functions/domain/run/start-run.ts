import { invalidRequest, notFound } from '../errors';
import { fingerprint, hashKey, type KeyInUse } from '../idempotency';
import { refuseAboveCap } from '../tenant/daily-cap';
import { requirePlan } from '../tenant/plan';
import { requireActive } from '../workflow/workflow';
import { acceptRun } from './accept-run';
import { inputFaults } from './input';
import type { RunSource } from './new-run';
import { findReplay, takeKey } from './replay-run';
import { inputOfRun } from './started-input';
import type { StartRunStores, StartRunCommand, StartedRun, StartRunDeps } from './start-run-signature';

/**
 * Accepts or refuses a run. Every door starts runs through this function. The run is durable and counted before
 * anything starts, so once this returns, the run will end even if this process dies.
 *
 * Order: plan, idempotent replay, shape (422), existence (404), state (409), the inputs that the workflow declares (422), cap
 * (429).
 *
 * @throws ProductError `plan_required`, `idempotency_key_reused`, `idempotency_in_progress`, `invalid_request`,
 *   `not_found`, `workflow_inactive`, `daily_cap_reached`, and `unavailable` when it cannot be known whether the run
 *   was counted
 */
export async function startRun(deps: StartRunDeps, command: StartRunCommand): Promise<StartedRun> {
  const { tenantId, start } = command;
  const startFaults = start.operation === 'trigger' ? inputFaults(start.input, start.inputAt) : [];
  // Such an input never took a key, and to compute its fingerprint would cost as much as to parse it.
  const isTooLarge = startFaults.some(({ code }) => code === 'too_big');
  const key: KeyInUse | undefined =
    command.idempotencyKey === undefined || isTooLarge
      ? undefined
      : { hash: hashKey(command.idempotencyKey), fingerprint: fingerprintOf(start) };
  const subject = start.operation === 'trigger' ? { workflowId: start.workflowId } : { runId: start.runId };
  const view = await deps.admission.read(tenantId, subject, key?.hash);
  const { tenant } = view;
  if (tenant === undefined) throw notFound('tenant');
  requirePlan(tenant.plan, command.channel);

  const replay = key && (await findReplay(deps, tenant, key, view.claim));
  if (replay !== undefined) return replay;
  const faults = [...command.faults, ...startFaults];
  if (faults.length > 0) throw invalidRequest(faults);
  const source = await sourceOf(deps, command, view);
  refuseAboveCap(tenant, deps.now(), deps.supportEmail);

  const uid = deps.newUid();
  const held = key && (await takeKey(deps, tenant, key, uid, view.claim));
  const accepted = await acceptRun(deps, command, { tenant, source, uid, held });
  const { run } = accepted;
  await Promise.all([
    // If this write is lost, the lease runs out; the next request with the same key takes the claim over and finds the run
    // by the key on its row.
    held && deps.claims.complete(tenantId, held.hash, held.claim, String(run.id)).catch(() => false),
    deps.executions.start(tenantId, run).catch((error: unknown) => {
      deps.onStartDeferred(tenantId, run, error);
    }),
  ]);
  return { ...accepted, input: source.input, replayed: false };
}

function fingerprintOf(start: StartRunCommand['start']): string {
  if (start.operation === 'trigger')
    return fingerprint('trigger', {
      workflow_id: start.workflowId,
      input: start.input === undefined ? {} : start.input,
    });
  return fingerprint('rerun', { run_id: start.runId, version: start.version });
}

async function sourceOf(
  deps: StartRunDeps,
  command: StartRunCommand,
  view: Awaited<ReturnType<StartRunStores['admission']['read']>>,
): Promise<RunSource> {
  const { tenantId, start } = command;
  const earlier = view.run;
  if (start.operation === 'rerun' && earlier === undefined) throw notFound('run');
  const workflow = earlier === undefined ? view.workflow : await deps.workflows.get(tenantId, earlier.workflow_id);
  if (workflow === undefined) throw notFound('workflow');
  requireActive(workflow);
  const repeated = start.operation === 'rerun' && start.version === 'same' ? earlier : undefined;
  return {
    workflowId: workflow.id,
    workflowName: workflow.name,
    workflowVersion: repeated?.workflow_version ?? workflow.version,
    stepsTotal: repeated?.steps_total ?? workflow.steps_total,
    totalDelaySeconds: repeated?.total_delay_seconds ?? workflow.total_delay_seconds,
    input: await inputOfRun(deps, command, workflow, earlier),
    rerunOf: earlier?.id ?? null,
  };
}
