import * as z from 'zod/mini';
import { notFound, ProductError } from '../domain/errors';
import { isTerminal } from '../domain/run';
import { runViewSchema, viewRun } from '../domain/run-view';
import { numericId, parseBody } from '../edge/parse-request';
import type { GuardedRoute } from '../edge/route';
import { auditOf } from './audit-of';
import type { RestApiDeps } from './deps';

const body = z.strictObject({});

export function cancelRun({ runs, progress, executions, audit, now }: RestApiDeps): GuardedRoute {
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
      const cancelled =
        !isTerminal(run.status) &&
        (await progress.end(tenantId, id, { status: 'cancelled', at: now().toISOString(), error: null }));
      const after = (await runs.get(tenantId, id)) ?? run;
      if (!cancelled) throw new ProductError('run_not_cancellable', `Run ${id} has already ended as ${after.status}.`);
      await Promise.all([
        // The row decides; a wait that could not be stopped ends by itself and performs nothing.
        executions.stop(after).catch(() => undefined),
        audit.append(tenantId, auditOf(call, 'run.cancelled', `run ${id}`, now())),
      ]);
      return { status: 200, body: viewRun(after) };
    },
  };
}
