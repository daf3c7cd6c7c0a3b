import { notFound } from '../../domain/errors';
import { takenAt } from '../../domain/idempotency';
import { once } from '../../domain/once';
import { auditIds } from '../../domain/tenant/audit-ids';
import { requireAuthoring } from '../../domain/tenant/tenant';
import { workflowDetailViewSchema, type WorkflowView } from '../../domain/workflow/view';
import { takeToolName } from '../../domain/workflow/tool/tool-names';
import type { Workflow } from '../../domain/workflow/workflow';
import { keyOf, replayedHeader } from '../../edge/http/idempotency-key';
import type { Call, GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { readWorkflowWrite, workflowBodySchema } from './read-workflow-write';
import { changedWorkflowReply, workflowPath } from './reply';

type CreateDeps = Pick<
  RestApiDeps,
  'claims' | 'workflows' | 'toolNames' | 'dailyCounts' | 'record' | 'now' | 'newUlid'
>;

export function createWorkflow(deps: CreateDeps): GuardedRoute {
  return {
    method: 'POST',
    path: '/api/v1/workflows',
    operationId: 'createWorkflow',
    summary: 'Create a workflow from a recipe',
    access: { scope: 'workflows:write', permission: 'manage_agents' },
    body: workflowBodySchema,
    idempotent: true,
    tagged: true,
    replies: { 201: workflowDetailViewSchema },
    errors: [
      'permission_required',
      'idempotency_in_progress',
      'idempotency_key_reused',
      'invalid_request',
      'invalid_recipe',
      'recipe_too_large',
      'step_type_not_allowed',
      'limit_reached',
      'tool_name_taken',
    ],
    act: async (call) => {
      requireAuthoring(await call.tenant());
      const now = deps.now();
      const { done, replayed } = await deps.record(
        call.caller.tenantId,
        () => createOnce(deps, call, now),
        ({
          done: {
            workflow: { id, version, created_at },
          },
          replayed: isRepeat,
        }) =>
          isRepeat
            ? undefined
            : auditOf(call, {
                id: auditIds.workflowVersion(id, version, created_at),
                action: 'workflow.created',
                target: `workflow ${id}`,
                at: now,
              }),
      );
      const { workflow, lastRun, recipe } = done;
      const reply = changedWorkflowReply(workflow, lastRun, recipe);
      const headers = { ...reply.headers, location: workflowPath(workflow), ...(replayed && replayedHeader) };
      return { ...reply, status: 201, headers };
    },
  };
}

/** A workflow with what the answer shows beside it. */
interface Created {
  readonly workflow: Workflow;
  readonly lastRun: WorkflowView['last_run'];
  readonly recipe: unknown;
}

function createOnce(deps: CreateDeps, call: Call, now: Date) {
  const { tenantId } = call.caller;
  const key = keyOf(call.request, 'create_workflow');
  const asItIs = async (workflow: Workflow): Promise<Created> => {
    const [recipe, [lastRun = null]] = await Promise.all([
      deps.workflows.recipe(tenantId, workflow.id, workflow.version),
      deps.workflows.lastRuns(tenantId, [workflow.id]),
    ]);
    return { workflow, lastRun, recipe };
  };
  return once<Created>(deps, tenantId, key, {
    id: deps.newUlid(),
    now,
    replay: async (result) => {
      const workflow = await deps.workflows.get(tenantId, Number(result));
      if (workflow === undefined) throw notFound('workflow');
      return asItIs(workflow);
    },
    find: async (claim) => {
      const workflow = key && (await deps.workflows.findByKey(tenantId, key.hash, takenAt(claim).toISOString()));
      return workflow && { done: await asItIs(workflow), result: String(workflow.id) };
    },
    begin: () => {
      const { active = true, tool = false, ...write } = readWorkflowWrite(call.request.body);
      return async () => {
        await deps.dailyCounts.count(tenantId, 'recipe_versions_per_day', now);
        const at = now.toISOString();
        const { name } = write;
        const toolName = tool ? (id: number) => takeToolName(deps, tenantId, { id, name }) : undefined;
        const workflow = await deps.workflows.create(tenantId, { ...write, active }, at, key?.hash, toolName);
        return { done: { workflow, lastRun: null, recipe: write.recipe }, result: String(workflow.id) };
      };
    },
  });
}
