import { notFound, ProductError } from '../../domain/errors';
import { requireAuthoring } from '../../domain/tenant/tenant';
import { viewWorkflow, writtenWorkflowViewSchema } from '../../domain/workflow/view';
import { numericId } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { readWorkflowWrite, workflowBodySchema } from './read-workflow-write';

/** A request that loses this many races is asked to try again. */
const maxTries = 3;

export function replaceWorkflow({
  workflows,
  audit,
  now,
}: Pick<RestApiDeps, 'workflows' | 'audit' | 'now'>): GuardedRoute {
  return {
    method: 'PUT',
    path: '/api/v1/workflows/{workflow_id}',
    operationId: 'replaceWorkflow',
    summary: 'Write a new version; runs already accepted keep theirs',
    access: { scope: 'workflows:write', permission: 'manage_agents' },
    body: workflowBodySchema,
    replies: { 200: writtenWorkflowViewSchema },
    errors: [
      'permission_required',
      'not_found',
      'invalid_request',
      'invalid_recipe',
      'recipe_too_large',
      'step_type_not_allowed',
    ],
    act: async (call) => {
      const { tenantId } = call.caller;
      requireAuthoring(await call.tenant());
      const write = readWorkflowWrite(call.request.body);
      const id = numericId(call.params['workflow_id']);
      for (let tries = 0; tries < maxTries; tries += 1) {
        const seen = await workflows.get(tenantId, id);
        if (seen === undefined) throw notFound('workflow');
        const workflow = await workflows.update(
          tenantId,
          seen,
          { ...write, active: write.active ?? seen.active },
          now().toISOString(),
        );
        if (workflow === undefined) continue;
        await audit.append(
          tenantId,
          auditOf(call, 'workflow.updated', `workflow ${id}`, now(), { version: workflow.version }),
        );
        const [lastRun = null] = await workflows.lastRuns(tenantId, [id]);
        return { status: 200, body: { ...viewWorkflow(workflow, lastRun), recipe: write.recipe } };
      }
      throw new ProductError('unavailable', 'Others are changing this workflow at the moment; try again.', {
        retryAfterSeconds: 1,
      });
    },
  };
}
