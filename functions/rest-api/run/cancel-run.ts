import * as z from 'zod/mini';
import { addSeconds } from '../../domain/day';
import { notFound, ProductError } from '../../domain/errors';
import { isTerminal } from '../../domain/run-status';
import { runViewSchema, viewRun } from '../../domain/run/view';
import type { AuditEvent } from '../../domain/tenant/audit';
import { publishDueSeconds } from '../../domain/timetable';
import { numericId, parseBody } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import { logRunEnded } from '../../edge/log/run';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';

const body = z.strictObject({});

export function cancelRun(deps: RestApiDeps): GuardedRoute {
  const { runs, progress, executions, now, newUlid } = deps;
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
      const entry = auditOf(call, 'run.cancelled', `run ${id}`, now());
      const cancellation = { ...entry, id: newUlid() };
      const how = { status: 'cancelled', at: entry.at, error: null, cancellation } as const;
      const dueAt = addSeconds(now(), publishDueSeconds).toISOString();
      if (!isTerminal(run.status)) await progress.end(tenantId, id, { ...how, dueAt });
      const after = (await runs.get(tenantId, id)) ?? run;
      // The row is read again because an SDK retry is refused by its own first success.
      if (after.cancellation?.id !== cancellation.id)
        throw new ProductError('run_not_cancellable', `Run ${id} has already ended as ${after.status}.`);
      logRunEnded(deps.log, tenantId, after);
      await Promise.all([
        // If the execution cannot be stopped, its wait ends by itself, and its next segment finds the run ended.
        executions.stop(after).catch(() => undefined),
        noteCancellation(deps, tenantId, id, cancellation),
      ]);
      return { status: 200, body: viewRun(after) };
    },
  };
}

/** Appends the audit row. If that fails, recovery appends it: the run is cancelled, and its row holds the audit row. */
async function noteCancellation(
  { audit, progress }: RestApiDeps,
  tenantId: string,
  runId: number,
  cancellation: AuditEvent,
): Promise<void> {
  try {
    await audit.append(tenantId, cancellation, cancellation.id);
    await progress.close(tenantId, runId);
  } catch {
    // The run keeps its due time, so recovery appends the row.
  }
}
