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
  audit,
  now,
}: Pick<RestApiDeps, 'workflows' | 'audit' | 'now'>): GuardedRoute {
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
      // Members may activate and deactivate workflows in every tenant; the write scope of a token also covers recipes.
      if (call.caller.channel !== 'dashboard') requireAuthoring(await call.tenant());
      const { active } = parseBody(workflowPatchSchema, call.request.body);
      const workflow = await workflows.setActive(
        tenantId,
        numericId(call.params['workflow_id']),
        active,
        now().toISOString(),
      );
      if (workflow === undefined) throw notFound('workflow');
      await audit.append(
        tenantId,
        auditOf(call, active ? 'workflow.activated' : 'workflow.deactivated', `workflow ${workflow.id}`, now()),
      );
      const [lastRun = null] = await workflows.lastRuns(tenantId, [workflow.id]);
      return { status: 200, body: viewWorkflow(workflow, lastRun) };
    },
  };
}
