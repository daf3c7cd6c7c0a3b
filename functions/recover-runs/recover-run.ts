import { addSeconds } from '../domain/day';
import { isTerminal, type Run, type RunErrorCode } from '../domain/run';
import type { Executions } from '../aws/executions';
import type { RunProgressStore } from '../aws/run-progress';
import type { RunStore } from '../aws/runs';
import type { Log } from '../edge/log';

export interface RecoverRunDeps {
  readonly runs: RunStore;
  readonly progress: RunProgressStore;
  readonly executions: Executions;
  /** Fires the system event of a run that has ended. */
  readonly announceRunEnd: (tenantId: string, run: Run) => Promise<void>;
  readonly log: Log;
  readonly now: () => Date;
}

/** Accepted restarts; a sixth would only repeat what broke five times. */
const maxRestarts = 5;
/** A restarted run is looked at again after the longest life of an Express execution. */
const lookAgainSeconds = 330;

/**
 * Brings one overdue run to an end: starts it if it never began, resumes it from its cursor if it was interrupted, or
 * fails it past its deadline or after five accepted restarts. Safe beside the trigger, a live execution or another
 * pass: the segment's conditional write lets steps happen in the trail once.
 */
export async function recoverRun(deps: RecoverRunDeps, tenantId: string, runId: number): Promise<void> {
  const run = await deps.runs.get(tenantId, runId);
  if (run === undefined || isTerminal(run.status)) return;
  const now = deps.now();
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
    deps.log('warn', {
      event: 'restart_refused',
      tenant: tenantId,
      run: run.uid,
      error: error instanceof Error ? error.name : 'unknown',
    });
    return;
  }
  await deps.progress.countRestart(tenantId, run, addSeconds(now, lookAgainSeconds).toISOString());
  deps.log('warn', {
    event: 'run_restarted',
    tenant: tenantId,
    run: run.uid,
    cursor: run.cursor,
    restarts: run.restarts + 1,
  });
}

async function fail(
  deps: RecoverRunDeps,
  tenantId: string,
  run: Run,
  code: RunErrorCode,
  message: string,
): Promise<void> {
  const end = { status: 'failed', at: deps.now().toISOString(), error: { code, message, step: null } } as const;
  if (!(await deps.progress.end(tenantId, run.id, end))) return;
  deps.log('error', { event: 'run_given_up', tenant: tenantId, run: run.uid, code, restarts: run.restarts });
  await deps.announceRunEnd(tenantId, { ...run, status: end.status, finished_at: end.at, error: end.error });
}
