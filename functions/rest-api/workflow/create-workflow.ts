import { auditIds } from '../../domain/tenant/audit-ids';
import { requireAuthoring } from '../../domain/tenant/tenant';
import { workflowDetailViewSchema } from '../../domain/workflow/view';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { readWorkflowWrite, workflowBodySchema } from './read-workflow-write';
import { changedWorkflowReply, workflowPath } from './reply';

export function createWorkflow({
  workflows,
  dailyCounts,
  record,
  now,
}: Pick<RestApiDeps, 'workflows' | 'dailyCounts' | 'record' | 'now'>): GuardedRoute {
  return {
    method: 'POST',
    path: '/api/v1/workflows',
    operationId: 'createWorkflow',
    summary: 'Create a workflow from a recipe',
    access: { scope: 'workflows:write', permission: 'manage_agents' },
    body: workflowBodySchema,
    tagged: true,
    replies: { 201: workflowDetailViewSchema },
    errors: [
      'permission_required',
      'invalid_request',
      'invalid_recipe',
      'recipe_too_large',
      'step_type_not_allowed',
      'limit_reached',
    ],
    act: async (call) => {
      requireAuthoring(await call.tenant());
      const { active = true, ...write } = readWorkflowWrite(call.request.body);
      const { tenantId } = call.caller;
      const at = now();
      await dailyCounts.count(tenantId, 'recipe_versions_per_day', at);
      const workflow = await record(
        tenantId,
        () => workflows.create(tenantId, { ...write, active }, at.toISOString()),
        ({ id, version, created_at }) =>
          auditOf(call, {
            id: auditIds.workflowVersion(id, version, created_at),
            action: 'workflow.created',
            target: `workflow ${id}`,
            at,
          }),
      );
      const reply = changedWorkflowReply(workflow, null, write.recipe);
      return { ...reply, status: 201, headers: { ...reply.headers, location: workflowPath(workflow) } };
    },
  };
}
