import { notFound, ProductError } from '../../domain/errors';
import { isConditional, requireExpected } from '../../domain/revision';
import type { AuditAction } from '../../domain/tenant/audit';
import { requireAuthoring } from '../../domain/tenant/tenant';
import { changeTool } from '../../domain/workflow/tool/change-tool';
import { workflowDetailViewSchema } from '../../domain/workflow/view';
import {
  workflowPatchSchema,
  workflowRevision,
  type Workflow,
  type WorkflowPatch,
} from '../../domain/workflow/workflow';
import { numericId, parseBody } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { changedWorkflowReply } from './reply';

/** A request that loses this many races is asked to try again. */
const maxTries = 3;

type PatchDeps = Pick<RestApiDeps, 'workflows' | 'toolNames' | 'dailyCounts' | 'record' | 'now' | 'newUlid'>;

export function patchWorkflow(deps: PatchDeps): GuardedRoute {
  const { workflows, dailyCounts, record, now, newUlid } = deps;
  return {
    method: 'PATCH',
    path: '/api/v1/workflows/{workflow_id}',
    operationId: 'patchWorkflow',
    summary: 'Activate or deactivate a workflow, or offer it to agents as a tool of its own',
    access: { scope: 'workflows:write', permission: 'manage_agents' },
    body: workflowPatchSchema,
    takesIfMatch: true,
    tagged: true,
    replies: { 200: workflowDetailViewSchema },
    errors: [
      'permission_required',
      'not_found',
      'version_conflict',
      'invalid_request',
      'limit_reached',
      'tool_name_taken',
    ],
    act: async (call) => {
      const { caller, expected } = call;
      const { tenantId } = caller;
      // Members may activate and deactivate workflows in every tenant; the write scope of a token also covers recipes.
      if (caller.channel !== 'dashboard') requireAuthoring(await call.tenant());
      const patch = parseBody(workflowPatchSchema, call.request.body);
      const id = numericId(call.params['workflow_id']);
      const at = now();
      // Read before the change: a read that fails after it would tell the caller that nothing was changed.
      const [lastRun = null] = await workflows.lastRuns(tenantId, [id]);
      for (let tries = 0; tries < maxTries; tries += 1) {
        const seen = await workflows.get(tenantId, id);
        if (seen === undefined) throw notFound('workflow');
        requireExpected(expected, workflowRevision(seen));
        const recipe = await workflows.recipe(tenantId, id, seen.version);
        const changes = changesOf(seen, patch);
        if (changes === undefined) return changedWorkflowReply(seen, lastRun, recipe);
        // What only takes something back is bounded by what came before it, and is never refused.
        if (changes.active === true || changes.tool === true) await dailyCounts.count(tenantId, 'changes_per_day', at);
        const isTool = changes.tool ?? seen.tool_name !== null;
        const tool = await changeTool(deps, tenantId, seen, { isTool, name: seen.name });
        const marks = {
          ...(changes.active !== undefined && { active: changes.active }),
          ...(changes.tool !== undefined && { tool_name: tool.toolName }),
        };
        // A name is taken for the workflow as it was seen, so it is marked only if nobody changed it since.
        const asSeen = isConditional(expected) || changes.tool !== undefined;
        const workflow = await record(
          tenantId,
          () => workflows.setMarks(tenantId, id, marks, at.toISOString(), asSeen ? seen : undefined),
          (changed) =>
            changed &&
            auditOf(call, {
              id: newUlid(),
              action: actionOf(changes),
              target: `workflow ${id}`,
              at,
              ...(changes.active !== undefined && changes.tool !== undefined && { detail: { tool: changes.tool } }),
            }),
        );
        // An edit came between. The next look at the workflow judges again whether it is as the caller expects.
        if (workflow === undefined) continue;
        await tool.finish();
        // Without an expectation, a new version may have come between; its recipe is the one to show.
        const { version } = workflow;
        const shown = version === seen.version ? recipe : await workflows.recipe(tenantId, id, version);
        return changedWorkflowReply(workflow, lastRun, shown);
      }
      throw new ProductError('unavailable', 'Others are changing this workflow at the moment; try again.', {
        retryAfterSeconds: 1,
      });
    },
  };
}

/** What the patch would change; undefined if the workflow is so already. */
function changesOf(seen: Workflow, { active, tool }: WorkflowPatch): WorkflowPatch | undefined {
  const changes = {
    ...(active !== undefined && active !== seen.active && { active }),
    ...(tool !== undefined && tool !== (seen.tool_name !== null) && { tool }),
  };
  return Object.keys(changes).length === 0 ? undefined : changes;
}

/** One row of the audit tells of one request; if both are changed, its detail tells of the tool. */
function actionOf({ active, tool }: WorkflowPatch): AuditAction {
  if (active !== undefined) return active ? 'workflow.activated' : 'workflow.deactivated';
  return tool === true ? 'workflow.tool_offered' : 'workflow.tool_withdrawn';
}
