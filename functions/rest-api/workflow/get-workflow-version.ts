import { notFound } from '../../domain/errors';
import { versionDetailViewSchema, viewVersion } from '../../domain/workflow/version-view';
import { numericId } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';

export function getWorkflowVersion({
  workflows,
  workflowVersions,
}: Pick<RestApiDeps, 'workflows' | 'workflowVersions'>): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/workflows/{workflow_id}/versions/{version}',
    operationId: 'getWorkflowVersion',
    summary: 'Read one version of a recipe',
    access: { scope: 'workflows:read', permission: 'viewer' },
    replies: { 200: versionDetailViewSchema },
    errors: ['not_found'],
    act: async ({ caller, params }) => {
      const id = numericId(params['workflow_id']);
      const workflow = await workflows.get(caller.tenantId, id);
      if (workflow === undefined) throw notFound('version');
      const version = await workflowVersions.get(caller.tenantId, workflow, numericId(params['version']));
      if (version === undefined) throw notFound('version');
      return { status: 200, body: { ...viewVersion(version, workflow.version), recipe: version.recipe } };
    },
  };
}
