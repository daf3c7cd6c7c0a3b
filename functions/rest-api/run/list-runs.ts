import * as z from 'zod/mini';
import { runStatusSchema } from '../../domain/run-status';
import { runErrorCodeSchema } from '../../domain/run/run';
import { runViewSchema, viewRun } from '../../domain/run/view';
import { channelSchema } from '../../domain/tenant/plan';
import { listReply } from '../../edge/http/list-reply';
import { cursors, pageQuery, pageSchema } from '../../edge/http/page';
import { parseQuery } from '../../edge/http/parse-request';
import { queryId, queryTime } from '../../edge/http/query-text';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';

const query = z.strictObject({
  ...pageQuery,
  workflow_id: z.optional(queryId),
  status: z.optional(runStatusSchema),
  error_code: z.optional(runErrorCodeSchema),
  channel: z.optional(channelSchema),
  created_from: z.optional(queryTime),
  created_after: z.optional(queryTime),
  created_before: z.optional(queryTime),
});

export function listRuns({ runList }: Pick<RestApiDeps, 'runList'>): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/workflow-runs',
    operationId: 'listRuns',
    summary: 'List every run ever started, newest first',
    access: { scope: 'workflows:read', permission: 'viewer' },
    query,
    replies: { 200: pageSchema(runViewSchema) },
    errors: ['invalid_request'],
    act: async ({ request, caller, tenant }) => {
      const { limit, cursor, ...wanted } = parseQuery(query, request.query);
      const { after, page } = cursors(await tenant(), 'workflow-runs', wanted);
      const filters = {
        workflowId: wanted.workflow_id,
        status: wanted.status,
        errorCode: wanted.error_code,
        channel: wanted.channel,
        createdFrom: wanted.created_from,
        createdAfter: wanted.created_after,
        createdBefore: wanted.created_before,
      };
      const { runs, next } = await runList.list(caller.tenantId, filters, limit, after(cursor));
      return listReply(request, page(runs.map(viewRun), next));
    },
  };
}
