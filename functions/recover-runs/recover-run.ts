import { addSeconds } from '../domain/day';
import { isTerminal, type RunError, type RunErrorCode } from '../domain/run';
import type { Executions } from '../aws/executions';
import type { RunRow, RunStore } from '../aws/runs';
import type { Log } from '../edge/log';
import { logRunEnded } from '../edge/log-run';
import { tellEnd, type TellEndDeps } from './tell-end';

export interface RecoverRunDeps extends TellEndDeps {
  readonly runs: RunStore;
  readonly executions: Executions;
  readonly log: Log;
  readonly now: () => Date;
}

/** Accepted restarts; a sixth would only repeat what broke five times. */
const maxRestarts = 5;
/** A restarted run is looked at again after the longest life of an Express execution. */
const lookAgainSeconds = 330;
/** An end that could not be told is told again after this. */
const tellAgainSeconds = 90;

/**
 * Brings one overdue run to an end: starts it if it never began, resumes it from its cursor if it was interrupted, or
 * fails it past its deadline or after five accepted restarts. Safe beside the trigger, a live execution or another
 * pass: the segment's conditional write lets steps happen in the trail once.
 */
export async function recoverRun(deps: RecoverRunDeps, tenantId: string, runId: number): Promise<void> {
  const run = await deps.runs.get(tenantId, runId);
  if (run === undefined) return;
  if (isTerminal(run.status)) return tellEnd(deps, tenantId, run);
  const now = deps.now();
  const told = (event: string) => ({ ...lineOf(event, tenantId, run), ms: deps.now().getTime() - now.getTime() });
  if (Date.parse(run.deadline_at) <= now.getTime())
    return fail(deps, tenantId, run, 'run_timed_out', 'The run passed its deadline; run it again.');
  if (run.restarts >= maxRestarts) {
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
    // Refused, not restarted: the lease brings the run back in two minutes, and only the deadline ends it.
    const refused = { ...told('restart_refused'), error: error instanceof Error ? error.name : 'unknown' };
    deps.log('warn', refused, { StartsDeferred: 1 });
    return;
  }
  await deps.progress.countRestart(tenantId, run, addSeconds(now, lookAgainSeconds).toISOString());
  deps.log('warn', { ...told('run_restarted'), cursor: run.cursor, restarts: run.restarts + 1 });
}

/** The SDK repeats a write whose answer was lost, and the repetition is refused by its own first success. */
function isThisEnd(run: RunRow | undefined, end: { readonly at: string; readonly error: RunError }): boolean {
  return run?.finished_at === end.at && run.error?.code === end.error.code;
}

function lineOf(event: string, tenantId: string, { uid, workflow_id: workflow, request_id }: RunRow) {
  return { event, tenant: tenantId, run: uid, workflow, request_id };
}

async function fail(
  deps: RecoverRunDeps,
  tenantId: string,
  run: RunRow,
  code: RunErrorCode,
  message: string,
): Promise<void> {
  const now = deps.now();
  const end = { status: 'failed', at: now.toISOString(), error: { code, message, step: null } } as const;
  const dueAt = addSeconds(now, tellAgainSeconds).toISOString();
  const wasEnded = await deps.progress.end(tenantId, run.id, { ...end, dueAt });
  if (!wasEnded && !isThisEnd(await deps.runs.get(tenantId, run.id), end)) return;
  const ended = { ...run, status: end.status, finished_at: end.at, error: end.error, due_at: dueAt };
  const ms = deps.now().getTime() - now.getTime();
  deps.log('error', { ...lineOf('run_given_up', tenantId, run), ms, code, restarts: run.restarts });
  logRunEnded(deps.log, tenantId, ended);
  await tellEnd(deps, tenantId, ended);
}
