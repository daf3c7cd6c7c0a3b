import { notFound } from '../../domain/errors';
import { workflowDetailViewSchema } from '../../domain/workflow/view';
import { numericId } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';
import { workflowReply } from './reply';

export function getWorkflow({ workflows }: Pick<RestApiDeps, 'workflows'>): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/workflows/{workflow_id}',
    operationId: 'getWorkflow',
    summary: 'Read a workflow with its recipe',
    access: { scope: 'workflows:read', permission: 'viewer' },
    replies: { 200: workflowDetailViewSchema },
    errors: ['not_found'],
    act: async ({ caller, params }) => {
      const workflow = await workflows.get(caller.tenantId, numericId(params['workflow_id']));
      if (workflow === undefined) throw notFound('workflow');
      const [recipe, [lastRun = null]] = await Promise.all([
        workflows.recipe(caller.tenantId, workflow.id, workflow.version),
        workflows.lastRuns(caller.tenantId, [workflow.id]),
      ]);
      return workflowReply(workflow, lastRun, recipe);
    },
  };
}
