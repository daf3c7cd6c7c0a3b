import type { Executions } from '../aws/run/executions';
import type { RunStore } from '../aws/run/runs';
import { addSeconds } from '../domain/day';
import { isTerminal } from '../domain/run-status';
import type { RunErrorCode, RunError } from '../domain/run/run';
import type { StoredRun } from '../domain/run/stored-run';
import { expressDueSeconds, publishDueSeconds } from '../domain/timetable';
import type { Log } from '../edge/log/log';
import { logRunEnded } from '../edge/log/run';
import { publishEnd, type PublishEndDeps } from './publish-end';

export interface RecoverRunDeps extends PublishEndDeps {
  readonly runs: Pick<RunStore, 'get'>;
  readonly executions: Executions;
  readonly log: Log;
  readonly now: () => Date;
}

/**
 * Restarts that Step Functions accepted since the run was last throttled; a sixth would only repeat what broke five
 * times. A throttle breaks nothing: it ends with the load, so only the run's deadline bounds how often it is restarted.
 */
export const maxRestarts = 5;

/**
 * Brings one overdue run to an end: starts it if it never began, resumes it at its cursor if it was interrupted, fails
 * it past its deadline or after five accepted restarts, or publishes its end if that is still missing. This is safe
 * while the trigger, a live execution or another pass works on the same run, because the segment's conditional write
 * enters each step in the trail once.
 */
export async function recoverRun(deps: RecoverRunDeps, tenantId: string, runId: number): Promise<void> {
  const run = await deps.runs.get(tenantId, runId);
  if (run === undefined) return;
  if (isTerminal(run.status)) return publishEnd(deps, tenantId, run);
  const now = deps.now();
  const timedLine = (event: string) => ({
    ...logLineOf(event, tenantId, run),
    ms: deps.now().getTime() - now.getTime(),
  });
  if (Date.parse(run.deadline_at) <= now.getTime())
    return fail(deps, tenantId, run, 'run_timed_out', 'The run passed its deadline; run it again.');
  if (run.restarts - (run.restarts_excused ?? 0) >= maxRestarts) {
    return fail(
      deps,
      tenantId,
      run,
      'run_interrupted',
      `The run was interrupted and restarted ${maxRestarts} times; run it again.`,
    );
  }
  try {
    await deps.executions.start(tenantId, run, run.restarts + 1);
  } catch (error) {
    // A refused start is no restart: the run is due again when the lease ends, and only its deadline can fail it.
    const refused = { ...timedLine('restart_refused'), error: error instanceof Error ? error.name : 'unknown' };
    deps.log('warn', refused, { StartsDeferred: 1 });
    return;
  }
  await deps.progress.countRestart(tenantId, run, addSeconds(now, expressDueSeconds).toISOString());
  deps.log('warn', { ...timedLine('run_restarted'), cursor: run.cursor, restarts: run.restarts + 1 });
}

/** The SDK repeats a write whose response was lost, and the repetition is refused by its own first success. */
function isThisEnd(run: StoredRun | undefined, end: { readonly at: string; readonly error: RunError }): boolean {
  return run?.finished_at === end.at && run.error?.code === end.error.code;
}

function logLineOf(event: string, tenantId: string, { uid, workflow_id: workflow, request_id }: StoredRun) {
  return { event, tenant: tenantId, run: uid, workflow, request_id };
}

async function fail(
  deps: RecoverRunDeps,
  tenantId: string,
  run: StoredRun,
  code: RunErrorCode,
  message: string,
): Promise<void> {
  const now = deps.now();
  const end = { status: 'failed', at: now.toISOString(), error: { code, message, step: null } } as const;
  const dueAt = addSeconds(now, publishDueSeconds).toISOString();
  const wasEnded = await deps.progress.end(tenantId, run.id, { ...end, dueAt });
  if (!wasEnded && !isThisEnd(await deps.runs.get(tenantId, run.id), end)) return;
  const ended = { ...run, status: end.status, finished_at: end.at, error: end.error, due_at: dueAt };
  const ms = deps.now().getTime() - now.getTime();
  deps.log('error', { ...logLineOf('run_given_up', tenantId, run), ms, code, restarts: run.restarts });
  logRunEnded(deps.log, tenantId, ended);
  await publishEnd(deps, tenantId, ended);
}
