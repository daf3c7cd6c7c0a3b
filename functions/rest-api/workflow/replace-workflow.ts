import { notFound, ProductError } from '../../domain/errors';
import { requireExpected } from '../../domain/revision';
import { auditIds } from '../../domain/tenant/audit-ids';
import { requireAuthoring } from '../../domain/tenant/tenant';
import { changeTool } from '../../domain/workflow/tool/change-tool';
import { workflowDetailViewSchema } from '../../domain/workflow/view';
import { isUnchanged, workflowRevision } from '../../domain/workflow/workflow';
import { numericId } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { readWorkflowWrite, workflowBodySchema } from './read-workflow-write';
import { changedWorkflowReply } from './reply';

/** A request that loses this many races is asked to try again. */
const maxTries = 3;

type ReplaceDeps = Pick<RestApiDeps, 'workflows' | 'toolNames' | 'dailyCounts' | 'record' | 'now'>;

export function replaceWorkflow(deps: ReplaceDeps): GuardedRoute {
  const { workflows, dailyCounts, record, now } = deps;
  return {
    method: 'PUT',
    path: '/api/v1/workflows/{workflow_id}',
    operationId: 'replaceWorkflow',
    summary: 'Write a new version, if something differs; runs already accepted keep theirs',
    access: { scope: 'workflows:write', permission: 'manage_agents' },
    body: workflowBodySchema,
    takesIfMatch: true,
    tagged: true,
    replies: { 200: workflowDetailViewSchema },
    errors: [
      'permission_required',
      'not_found',
      'version_conflict',
      'invalid_request',
      'invalid_recipe',
      'recipe_too_large',
      'step_type_not_allowed',
      'limit_reached',
      'tool_name_taken',
    ],
    act: async (call) => {
      const { tenantId } = call.caller;
      requireAuthoring(await call.tenant());
      const write = readWorkflowWrite(call.request.body);
      const id = numericId(call.params['workflow_id']);
      // Read before the change: a read that fails after it would tell the caller that nothing was changed.
      const [lastRun = null] = await workflows.lastRuns(tenantId, [id]);
      for (let tries = 0; tries < maxTries; tries += 1) {
        const seen = await workflows.get(tenantId, id);
        if (seen === undefined) throw notFound('workflow');
        requireExpected(call.expected, workflowRevision(seen));
        const at = now();
        const isTool = seen.tool_name !== null;
        const next = { ...write, active: write.active ?? seen.active, isTool: write.tool ?? isTool };
        const recipe = await workflows.recipe(tenantId, id, seen.version);
        if (isUnchanged({ ...seen, isTool, recipe }, next)) return changedWorkflowReply(seen, lastRun, recipe);
        const tool = await changeTool(deps, tenantId, seen, next);
        await dailyCounts.count(tenantId, 'recipe_versions_per_day', at);
        const workflow = await record(
          tenantId,
          () => workflows.update(tenantId, seen, { ...next, tool_name: tool.toolName }, at.toISOString()),
          (updated) =>
            updated &&
            auditOf(call, {
              id: auditIds.workflowVersion(id, updated.version, updated.updated_at),
              action: 'workflow.updated',
              target: `workflow ${id}`,
              at,
              detail: { version: updated.version },
            }),
        );
        // An edit came between. The next look at the workflow judges again whether it is as the caller expects.
        if (workflow === undefined) continue;
        await tool.finish();
        return changedWorkflowReply(workflow, lastRun, write.recipe);
      }
      throw new ProductError('unavailable', 'Others are changing this workflow at the moment; try again.', {
        retryAfterSeconds: 1,
      });
    },
  };
}
