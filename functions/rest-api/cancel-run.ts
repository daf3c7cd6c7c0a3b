import * as z from 'zod/mini';
import type { RunRow } from '../aws/runs';
import type { AuditEvent } from '../domain/audit';
import { addSeconds } from '../domain/day';
import { notFound, ProductError } from '../domain/errors';
import { changeRecorder, type RecordChange } from '../domain/record-change';
import { isTerminal } from '../domain/run';
import { runViewSchema, viewRun } from '../domain/run-view';
import { logRunEnded } from '../edge/log-run';
import { numericId, parseBody } from '../edge/parse-request';
import type { GuardedRoute } from '../edge/route';
import { auditOf } from './audit-of';
import type { RestApiDeps } from './deps';

const body = z.strictObject({});
/** An audit row that was not written by then is written by recovery. */
const toldWithinSeconds = 90;

export function cancelRun(deps: RestApiDeps): GuardedRoute {
  const { runs, executions, now, newUlid } = deps;
  return {
    method: 'POST',
    path: '/api/v1/workflow-runs/{run_id}/cancel',
    operationId: 'cancelRun',
    summary: 'Cancel a run that has not ended; steps already performed stay in its trail',
    access: { scope: 'workflows:run', permission: 'manage_agents' },
    body,
    replies: { 200: runViewSchema },
    errors: ['not_found', 'run_not_cancellable', 'invalid_request'],
    act: async (call) => {
      const { tenantId } = call.caller;
      parseBody(body, call.request.body);
      const id = numericId(call.params['run_id']);
      const run = await runs.get(tenantId, id);
      if (run === undefined) throw notFound('run');
      const at = now();
      const cancellation = auditOf(call, { id: newUlid(), action: 'run.cancelled', target: `run ${id}`, at });
      const after = await recordCancellation(deps, id)(
        tenantId,
        () => cancel(deps, tenantId, run, cancellation),
        () => cancellation,
      );
      logRunEnded(deps.log, tenantId, after);
      // The row decides; a wait that could not be stopped ends by itself and performs nothing.
      await executions.stop(after).catch(() => undefined);
      return { status: 200, body: viewRun(after) };
    },
  };
}

/** @throws ProductError `run_not_cancellable` when the run has ended already */
async function cancel(
  { runs, progress }: RestApiDeps,
  tenantId: string,
  run: RunRow,
  cancellation: AuditEvent,
): Promise<RunRow> {
  const { at } = cancellation;
  const dueAt = addSeconds(new Date(at), toldWithinSeconds).toISOString();
  const how = { status: 'cancelled', at, error: null, cancellation, dueAt } as const;
  if (!isTerminal(run.status)) await progress.end(tenantId, run.id, how);
  const after = (await runs.get(tenantId, run.id)) ?? run;
  // Read back rather than trusted: a repetition of the SDK is refused by its own first success.
  if (after.cancellation?.id !== cancellation.id)
    throw new ProductError('run_not_cancellable', `Run ${run.id} has already ended as ${after.status}.`);
  return after;
}

/**
 * A cancelled run keeps its audit row and stays on recovery's list until the row is appended, so nothing is reported when
 * that fails here: recovery appends it.
 */
function recordCancellation({ audit, progress }: RestApiDeps, runId: number): RecordChange {
  const append = async (tenantId: string, row: AuditEvent) => {
    await audit.append(tenantId, row);
    await progress.close(tenantId, runId);
  };
  return changeRecorder({ audit: { append }, onAuditMissing: () => undefined });
}
