import * as z from 'zod/mini';
import { addSeconds } from '../../domain/day';
import { notFound, ProductError } from '../../domain/errors';
import { once } from '../../domain/once';
import { isTerminal } from '../../domain/run-status';
import type { StoredRun } from '../../domain/run/stored-run';
import { runViewSchema, viewRun } from '../../domain/run/view';
import type { AuditEvent } from '../../domain/tenant/audit';
import { changeRecorder, type RecordChange } from '../../domain/tenant/record-change';
import { publishDueSeconds } from '../../domain/timetable';
import { keyOf, replayedHeader } from '../../edge/http/idempotency-key';
import { numericId, parseBody } from '../../edge/http/parse-request';
import type { Call, GuardedRoute } from '../../edge/http/route';
import { logRunEnded } from '../../edge/log/run';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';

const body = z.strictObject({});

export function cancelRun(deps: RestApiDeps): GuardedRoute {
  return {
    method: 'POST',
    path: '/api/v1/workflow-runs/{run_id}/cancel',
    operationId: 'cancelRun',
    summary: 'Cancel a run that has not ended; steps already performed stay in its trail',
    access: { scope: 'workflows:run', permission: 'manage_agents' },
    body,
    idempotent: true,
    replies: { 200: runViewSchema },
    errors: [
      'not_found',
      'run_not_cancellable',
      'invalid_request',
      'idempotency_in_progress',
      'idempotency_key_reused',
    ],
    act: async (call) => {
      const { tenantId } = call.caller;
      const { done: run, replayed } = await cancelOnce(deps, call);
      if (!replayed) {
        logRunEnded(deps.log, tenantId, run);
        // The row decides; a wait that could not be stopped ends by itself and performs nothing.
        await deps.executions.stop(run).catch(() => undefined);
      }
      return { status: 200, headers: replayed ? replayedHeader : {}, body: viewRun(run) };
    },
  };
}

function cancelOnce(deps: RestApiDeps, call: Call) {
  const { tenantId } = call.caller;
  const runId = numericId(call.params['run_id']);
  const [at, id] = [deps.now(), deps.newUlid()];
  const runNow = async () => {
    const run = await deps.runs.get(tenantId, runId);
    if (run === undefined) throw notFound('run');
    return run;
  };
  return once<StoredRun>(deps, tenantId, keyOf(call.request, 'cancel', { runId }), {
    id,
    now: at,
    replay: runNow,
    find: async ({ holder }) => {
      const run = await runNow();
      return run.cancellation?.id === holder ? { done: run, result: String(runId) } : undefined;
    },
    begin: async () => {
      parseBody(body, call.request.body);
      const run = await runNow();
      const cancellation = auditOf(call, { id, action: 'run.cancelled', target: `run ${runId}`, at });
      return async () => {
        const change = () => cancel(deps, tenantId, run, cancellation);
        const cancelled = await recordCancellation(deps, runId)(tenantId, change, () => cancellation);
        return { done: cancelled, result: String(runId) };
      };
    },
  });
}

/** @throws ProductError `run_not_cancellable` if the run has already ended */
async function cancel(
  { runs, progress }: RestApiDeps,
  tenantId: string,
  run: StoredRun,
  cancellation: AuditEvent,
): Promise<StoredRun> {
  const { at } = cancellation;
  const dueAt = addSeconds(new Date(at), publishDueSeconds).toISOString();
  const how = { status: 'cancelled', at, error: null, cancellation, dueAt } as const;
  if (!isTerminal(run.status)) await progress.end(tenantId, run.id, how);
  const after = (await runs.get(tenantId, run.id)) ?? run;
  // The row is read again because an SDK retry is refused by its own first success.
  if (after.cancellation?.id !== cancellation.id)
    throw new ProductError('run_not_cancellable', `Run ${run.id} has already ended as ${after.status}.`);
  return after;
}

/**
 * The row of a cancelled run contains the audit row and keeps its `due_at` until that is appended. If appending fails here,
 * nothing is reported, because recovery appends it.
 */
function recordCancellation({ audit, progress }: RestApiDeps, runId: number): RecordChange {
  const append = async (tenantId: string, row: AuditEvent) => {
    await audit.append(tenantId, row);
    await progress.close(tenantId, runId);
  };
  return changeRecorder({ audit: { append }, onAuditMissing: () => undefined });
}
