import * as z from 'zod/mini';
import { ulidOf } from '../../domain/delivery/ids';
import { startRun } from '../../domain/run/start-run';
import type { StartRunCommand } from '../../domain/run/start-run-signature';
import { startedRunViewSchema } from '../../domain/run/view';
import { idempotencyKeyOf } from '../../edge/http/idempotency-key';
import { bodyFaults, numericId } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import { logAccepted } from '../../edge/log/run';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { startedRunReply } from './started-run-reply';

export const rerunBodySchema = z.strictObject({ version: z._default(z.enum(['same', 'current']), 'same') });

export function rerunRun(deps: RestApiDeps): GuardedRoute {
  return {
    method: 'POST',
    path: '/api/v1/workflow-runs/{run_id}/rerun',
    operationId: 'rerunRun',
    summary: 'Start a new run with the same input, on the same or the current version',
    access: { scope: 'workflows:run', permission: 'manage_agents' },
    plan: 'start_run',
    body: rerunBodySchema,
    idempotent: true,
    replies: { 202: startedRunViewSchema },
    errors: [
      'not_found',
      'workflow_inactive',
      'idempotency_in_progress',
      'idempotency_key_reused',
      'invalid_request',
      'daily_cap_reached',
    ],
    act: async (call) => {
      const { request, caller, params } = call;
      const { key, faults: keyFaults } = idempotencyKeyOf(request);
      const choice = z.safeParse(rerunBodySchema, request.body);
      const command: StartRunCommand = {
        tenantId: caller.tenantId,
        channel: caller.channel,
        actorName: caller.name,
        requestId: request.requestId,
        traceparent: request.traceparent,
        idempotencyKey: key,
        faults: [...keyFaults, ...bodyFaults(rerunBodySchema, request.body)],
        start: {
          operation: 'rerun',
          runId: numericId(params['run_id']),
          version: choice.success ? choice.data.version : 'same',
        },
      };
      const started = await deps.record(
        caller.tenantId,
        () => startRun(deps, command),
        ({ run, replayed }) =>
          replayed
            ? undefined
            : auditOf(call, {
                id: ulidOf(run.uid),
                action: 'run.rerun',
                target: `run ${run.rerun_of}`,
                at: new Date(run.created_at),
                detail: { new_run: run.id },
              }),
      );
      logAccepted(deps, request, started);
      return startedRunReply(started, deps.now());
    },
  };
}
