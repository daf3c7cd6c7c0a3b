import { notFound } from '../domain/errors';
import { workflowPatchSchema } from '../domain/workflow';
import { viewWorkflow, workflowViewSchema } from '../domain/workflow-view';
import { numericId, parseBody } from '../edge/parse-request';
import type { GuardedRoute } from '../edge/route';
import { auditOf } from './audit-of';
import type { RestApiDeps } from './deps';
import { requireAuthoring } from './read-workflow-write';

export function patchWorkflow({
  workflows,
  record,
  now,
  newUlid,
}: Pick<RestApiDeps, 'workflows' | 'record' | 'now' | 'newUlid'>): GuardedRoute {
  return {
    method: 'PATCH',
    path: '/api/v1/workflows/{workflow_id}',
    operationId: 'patchWorkflow',
    summary: 'Activate or deactivate a workflow',
    access: { scope: 'workflows:write', permission: 'manage_agents' },
    body: workflowPatchSchema,
    replies: { 200: workflowViewSchema },
    errors: ['permission_required', 'not_found', 'invalid_request'],
    act: async (call) => {
      const { tenantId } = call.caller;
      // Members switch workflows on and off in every tenant; a token's scope to write means recipes too.
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
