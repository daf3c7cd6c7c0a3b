import * as z from 'zod/mini';
import { viewWorkflow, workflowViewSchema } from '../../domain/workflow/view';
import { listReply } from '../../edge/http/list-reply';
import { cursors, pageQuery, pageSchema } from '../../edge/http/page';
import { parseQuery } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';

const query = z.strictObject(pageQuery);

export function listWorkflows({ workflows }: Pick<RestApiDeps, 'workflows'>): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/workflows',
    operationId: 'listWorkflows',
    summary: 'List workflows, active and inactive, newest first',
    access: { scope: 'workflows:read', permission: 'viewer' },
    query,
    replies: { 200: pageSchema(workflowViewSchema) },
    errors: ['invalid_request'],
    act: async ({ request, caller, tenant }) => {
      const { limit, cursor } = parseQuery(query, request.query);
      const { after, page } = cursors(await tenant(), 'workflows', {});
      const { workflows: found, next } = await workflows.list(caller.tenantId, limit, after(cursor));
      const lastRuns = await workflows.lastRuns(
        caller.tenantId,
        found.map(({ id }) => id),
      );
      return listReply(
        request,
        page(
          found.map((workflow, index) => viewWorkflow(workflow, lastRuns[index] ?? null)),
          next,
        ),
      );
    },
  };
}
