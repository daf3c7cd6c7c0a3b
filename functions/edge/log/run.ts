import type { Run } from '../../domain/run/run';
import type { StartedRun } from '../../domain/run/start-run-stores';
import { traceIdOf } from '../../domain/traceparent';
import type { HttpRequest } from '../http/request';
import { errorFields, type Log } from './log';

/** A run that this request started. One that an earlier request with its key started was told then. */
export function logAccepted(
  { log, now }: { readonly log: Log; readonly now: () => Date },
  { caller, requestId, startedAtMs, traceparent }: HttpRequest,
  { run, replayed }: StartedRun,
): void {
  if (replayed) return;
  log(
    'info',
    {
      event: 'run_accepted',
      tenant: caller?.tenantId,
      run: run.uid,
      workflow: run.workflow_id,
      request_id: requestId,
      ms: now().getTime() - startedAtMs,
      trace: traceIdOf(traceparent),
    },
    { Accepted: 1 },
  );
}

/** Step Functions did not take an accepted run; recovery starts it. */
export function logStartDeferred(log: Log): (tenantId: string, run: Run, error: unknown) => void {
  return (tenantId, run, error) => {
    const { uid, workflow_id: workflow, request_id } = run;
    const fields = { event: 'start_deferred', tenant: tenantId, run: uid, workflow, request_id };
    log('warn', { ...fields, ...errorFields(error) }, { StartsDeferred: 1 });
  };
}

/** The parts of a run's row that its end is told by. */
export type EndedRun = Pick<
  Run,
  'uid' | 'workflow_id' | 'status' | 'request_id' | 'created_at' | 'started_at' | 'finished_at' | 'error'
>;

/**
 * A run ended. Called after the write that ended it, by whoever's write it was, so a run has one such line, and none if
 * that process died in between: the row tells, lines only help to find it.
 *
 * How long it took is `RunMs`, not a second time `ms`. How long the run was queued is told here too, not at its first
 * step: that would be one more line of metrics a run, and what waits for its first step is seen by
 * `OldestOverdueSeconds` meanwhile.
 */
export function logRunEnded(log: Log, tenantId: string, run: EndedRun): void {
  const { status, error, created_at: createdAt, started_at: startedAt, finished_at: finishedAt } = run;
  const since = (at: string | null) => (at === null ? undefined : Date.parse(at) - Date.parse(createdAt));
  const [runMs, queuedMs] = [since(finishedAt), since(startedAt)];
  log(
    status === 'failed' ? 'warn' : 'info',
    {
      event: 'run_ended',
      tenant: tenantId,
      run: run.uid,
      workflow: run.workflow_id,
      status,
      code: error?.code,
      request_id: run.request_id,
    },
    {
      ...(status === 'succeeded' && { Succeeded: 1 }),
      ...(status === 'failed' && { Failed: 1 }),
      ...(runMs !== undefined && { RunMs: runMs }),
      ...(queuedMs !== undefined && { QueueMs: queuedMs }),
    },
  );
}
