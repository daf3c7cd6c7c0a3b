import { notFound, ProductError } from '../../domain/errors';
import { isConditional, requireExpected } from '../../domain/revision';
import { requireAuthoring } from '../../domain/tenant/tenant';
import { workflowDetailViewSchema } from '../../domain/workflow/view';
import { workflowPatchSchema, workflowRevision } from '../../domain/workflow/workflow';
import { numericId, parseBody } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { changedWorkflowReply } from './reply';

/** A request that loses this many races is asked to try again. */
const maxTries = 3;

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
    takesIfMatch: true,
    tagged: true,
    replies: { 200: workflowDetailViewSchema },
    errors: ['permission_required', 'not_found', 'version_conflict', 'invalid_request', 'limit_reached'],
    act: async (call) => {
      const { caller, expected } = call;
      const { tenantId } = caller;
      // Members may activate and deactivate workflows in every tenant; the write scope of a token also covers recipes.
      if (caller.channel !== 'dashboard') requireAuthoring(await call.tenant());
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
      for (let tries = 0; tries < maxTries; tries += 1) {
        const seen = await workflows.get(tenantId, id);
        if (seen === undefined) throw notFound('workflow');
        requireExpected(expected, workflowRevision(seen));
        const recipe = await workflows.recipe(tenantId, id, seen.version);
        if (seen.active === active) return changedWorkflowReply(seen, lastRun, recipe);
        // Only an active workflow is deactivated, so deactivations are bounded too, and are never refused.
        if (active) await dailyCounts.count(tenantId, 'changes_per_day', at);
        const workflow = await record(
          tenantId,
          () => workflows.setActive(tenantId, id, active, at.toISOString(), isConditional(expected) ? seen : undefined),
          (changed) => changed && row,
        );
        // An edit came between. The next look at the workflow judges again whether it is as the caller expects.
        if (workflow === undefined) continue;
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
