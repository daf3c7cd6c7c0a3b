import type { Run } from '../../domain/run/run';
import type { StartedRun } from '../../domain/run/start-run-signature';
import { traceIdOf } from '../../domain/traceparent';
import type { HttpRequest } from '../http/request';
import { errorFields, type Log } from './log';

/** Logs a run that this request started. A run that an earlier request with the same key started was logged then. */
export function logAccepted(
  { log, now }: { readonly log: Log; readonly now: () => Date },
  { caller, requestId, ip, startedAtMs, traceparent }: HttpRequest,
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
      ip,
      trace: traceIdOf(traceparent),
    },
    { Accepted: 1 },
  );
}

/** Logs that Step Functions did not accept the start of a run; recovery starts it. */
export function logStartDeferred(log: Log): (tenantId: string, run: Run, error: unknown) => void {
  return (tenantId, run, error) => {
    const { uid, workflow_id: workflow, request_id } = run;
    const fields = { event: 'start_deferred', tenant: tenantId, run: uid, workflow, request_id };
    log('warn', { ...fields, ...errorFields(error) }, { StartsDeferred: 1 });
  };
}

/** The fields of a run that are logged at its end. */
export type EndedRun = Pick<
  Run,
  'uid' | 'workflow_id' | 'status' | 'request_id' | 'created_at' | 'started_at' | 'finished_at' | 'error'
>;

/**
 * Logs the end of a run. It is logged by the process whose write ended the run: once, or not at all if the process dies
 * in between. The row is authoritative; log lines only help to find it.
 *
 * `RunMs` is the duration, so there is no `ms`. The time in the queue is logged here too and not at the first step,
 * which would cost one more line of metrics for each run; runs that wait for their first step show in
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
