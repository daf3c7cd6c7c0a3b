import * as z from 'zod/mini';
import { isPlainObject, jsonObjectSchema } from '../../domain/json';
import { previewRun, runPreviewSchema } from '../../domain/run/preview/run';
import { startRun } from '../../domain/run/start-run';
import { startedRunViewSchema } from '../../domain/run/view';
import { idempotencyKeyOf } from '../../edge/http/idempotency-key';
import { bodyFaults, numericId, queryFaults } from '../../edge/http/parse-request';
import type { HttpRequest } from '../../edge/http/request';
import type { GuardedRoute } from '../../edge/http/route';
import { logAccepted } from '../../edge/log/run';
import type { RestApiDeps } from '../deps';
import { startedRunReply } from './started-run-reply';

const query = z.strictObject({ dry_run: z.optional(z.enum(['true', 'false'])) });
export const triggerBodySchema = z.strictObject({ input: z.optional(jsonObjectSchema) });
/** `startRun` checks `input` itself, in the same way for every door. */
const bodyShape = z.strictObject({ input: z.optional(z.unknown()) });

export function triggerRun(deps: RestApiDeps): GuardedRoute {
  return {
    method: 'POST',
    path: '/api/v1/workflows/{workflow_id}/runs',
    operationId: 'triggerRun',
    summary: 'Start a run; with dry_run=true only say what it would do, which needs workflows:read or viewer',
    access: { scope: 'workflows:run', permission: 'manage_agents' },
    accessWhen: (request) => (isDryRun(request) ? { scope: 'workflows:read', permission: 'viewer' } : undefined),
    plan: 'start_run',
    query,
    body: triggerBodySchema,
    idempotent: true,
    replies: { 200: runPreviewSchema, 202: startedRunViewSchema },
    errors: [
      'not_found',
      'workflow_inactive',
      'idempotency_in_progress',
      'idempotency_key_reused',
      'invalid_request',
      'daily_cap_reached',
      'invalid_recipe',
      'recipe_too_large',
      'step_type_not_allowed',
    ],
    act: async ({ request, caller, params }) => {
      const { key, faults: keyFaults } = idempotencyKeyOf(request);
      const faults = [...queryFaults(query, request.query), ...keyFaults, ...bodyFaults(bodyShape, request.body)];
      const common = { tenantId: caller.tenantId, channel: caller.channel, faults };
      const workflowId = numericId(params['workflow_id']);
      const input = isPlainObject(request.body) ? request.body['input'] : undefined;
      if (isDryRun(request)) return { status: 200, body: await previewRun(deps, { ...common, workflowId, input }) };
      const started = await startRun(deps, {
        ...common,
        actorName: caller.name,
        requestId: request.requestId,
        traceparent: request.traceparent,
        idempotencyKey: key,
        start: { operation: 'trigger', workflowId, input },
      });
      logAccepted(deps, request, started);
      return startedRunReply(started, deps.now());
    },
  };
}

function isDryRun({ query: given }: HttpRequest): boolean {
  return given.get('dry_run') === 'true';
}
