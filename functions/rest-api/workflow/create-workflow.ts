import { auditIds } from '../../domain/tenant/audit-ids';
import { requireAuthoring } from '../../domain/tenant/tenant';
import { viewWorkflow, writtenWorkflowViewSchema } from '../../domain/workflow/view';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { readWorkflowWrite, saidOf, workflowBodySchema } from './read-workflow-write';

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
    replies: { 201: writtenWorkflowViewSchema },
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
      return {
        status: 201,
        headers: { location: `/api/v1/workflows/${workflow.id}` },
        body: { ...viewWorkflow(workflow, null), ...saidOf(write.recipe) },
      };
    },
  };
}
