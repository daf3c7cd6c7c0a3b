import * as z from 'zod/mini';
import { notFound } from '../../domain/errors';
import { versionViewSchema, viewVersion } from '../../domain/workflow/version-view';
import { listReply } from '../../edge/http/list-reply';
import { cursors, pageQuery, pageSchema } from '../../edge/http/page';
import { numericId, parseQuery } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';

const query = z.strictObject(pageQuery);

export function listWorkflowVersions({
  workflows,
  workflowVersions,
}: Pick<RestApiDeps, 'workflows' | 'workflowVersions'>): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/workflows/{workflow_id}/versions',
    operationId: 'listWorkflowVersions',
    summary: 'List the versions of a recipe, newest first',
    access: { scope: 'workflows:read', permission: 'viewer' },
    query,
    replies: { 200: pageSchema(versionViewSchema) },
    errors: ['not_found', 'invalid_request'],
    act: async ({ request, caller, params, tenant }) => {
      const { limit, cursor } = parseQuery(query, request.query);
      const id = numericId(params['workflow_id']);
      const { after, page } = cursors(await tenant(), 'workflow-versions', { workflow_id: id });
      const continued = after(cursor);
      const workflow = await workflows.get(caller.tenantId, id);
      if (workflow === undefined) throw notFound('workflow');
      const { versions, next } = await workflowVersions.list(caller.tenantId, workflow, limit, continued);
      return listReply(
        request,
        page(
          versions.map((version) => viewVersion(version, workflow.version)),
          next,
        ),
      );
    },
  };
}
