import { notFound } from '../../domain/errors';
import { requireAuthoring } from '../../domain/tenant/tenant';
import { viewWorkflow, workflowViewSchema } from '../../domain/workflow/view';
import { workflowPatchSchema } from '../../domain/workflow/workflow';
import { numericId, parseBody } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';

export function patchWorkflow({
  workflows,
  dailyCounts,
  record,
  now,
  newUlid,
}: Pick<RestApiDeps, 'workflows' | 'dailyCounts' | 'record' | 'now' | 'newUlid'>): GuardedRoute {
  return {
    method: 'PATCH',
    path: '/api/v1/workflows/{workflow_id}',
    operationId: 'patchWorkflow',
    summary: 'Activate or deactivate a workflow',
    access: { scope: 'workflows:write', permission: 'manage_agents' },
    body: workflowPatchSchema,
    replies: { 200: workflowViewSchema },
    errors: ['permission_required', 'not_found', 'invalid_request', 'limit_reached'],
    act: async (call) => {
      const { tenantId } = call.caller;
      // Members may activate and deactivate workflows in every tenant; the write scope of a token also covers recipes.
      if (call.caller.channel !== 'dashboard') requireAuthoring(await call.tenant());
      const { active } = parseBody(workflowPatchSchema, call.request.body);
      const id = numericId(call.params['workflow_id']);
      const at = now();
      const row = auditOf(call, {
        id: newUlid(),
        action: active ? 'workflow.activated' : 'workflow.deactivated',
        target: `workflow ${id}`,
        at,
      });
      // Read before the change: a read that fails after it would tell the caller that nothing was changed.
      const [lastRun = null] = await workflows.lastRuns(tenantId, [id]);
      const seen = await workflows.get(tenantId, id);
      if (seen === undefined) throw notFound('workflow');
      if (seen.active === active) return { status: 200, body: viewWorkflow(seen, lastRun) };
      // Only an active workflow is deactivated, so deactivations are bounded too, and are never refused.
      if (active) await dailyCounts.count(tenantId, 'changes_per_day', at);
      const workflow = await record(
        tenantId,
        () => workflows.setActive(tenantId, id, active, at.toISOString()),
        (changed) => changed && row,
      );
      if (workflow === undefined) throw notFound('workflow');
      return { status: 200, body: viewWorkflow(workflow, lastRun) };
    },
  };
}
