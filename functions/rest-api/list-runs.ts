import * as z from 'zod/mini';
import { channelSchema } from '../domain/plan';
import { runStatusSchema } from '../domain/run';
import { runViewSchema, viewRun } from '../domain/run-view';
import { documented } from '../edge/documented';
import { cursors, pageQuery, pageSchema } from '../edge/page';
import { parseQuery } from '../edge/parse-request';
import type { GuardedRoute } from '../edge/route';
import type { RestApiDeps } from './deps';

const timeSchema = documented(
  z.pipe(
    z.iso.datetime({ offset: true, error: 'Must be an RFC 3339 time, such as 2026-01-31T12:00:00Z.' }),
    z.transform((text: string) => new Date(text).toISOString()),
  ),
  { type: 'string', format: 'date-time' },
);
const idSchema = documented(
  z.pipe(z.string().check(z.regex(/^[1-9]\d{0,9}$/, 'Must be a workflow id.')), z.transform(Number)),
  {
    type: 'integer',
    minimum: 1,
  },
);

const query = z.strictObject({
  ...pageQuery,
  workflow_id: z.optional(idSchema),
  status: z.optional(runStatusSchema),
  channel: z.optional(channelSchema),
  created_after: z.optional(timeSchema),
  created_before: z.optional(timeSchema),
});

export function listRuns({ runList }: Pick<RestApiDeps, 'runList'>): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/workflow-runs',
    operationId: 'listRuns',
    summary: 'List every run ever started, newest first',
    access: 'workflows:read',
    query,
    replies: { 200: pageSchema(runViewSchema) },
    errors: ['invalid_request'],
    act: async ({ request, caller, tenant }) => {
      const { limit, cursor, ...wanted } = parseQuery(query, request.query);
      const { after, page } = cursors(await tenant(), 'workflow-runs', wanted);
      const filters = {
        workflowId: wanted.workflow_id,
        status: wanted.status,
        channel: wanted.channel,
        createdAfter: wanted.created_after,
        createdBefore: wanted.created_before,
      };
      const { runs, next } = await runList.list(caller.tenantId, filters, limit, after(cursor));
      return { status: 200, body: page(runs.map(viewRun), next) };
    },
  };
}
