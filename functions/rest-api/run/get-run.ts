import * as z from 'zod/mini';
import { readRunDetail } from '../../domain/run/read-detail';
import { runDetailViewSchema } from '../../domain/run/view';
import { maxWaitSeconds, waitForRun } from '../../domain/run/wait-for-run';
import { numericId, parseQuery } from '../../edge/http/parse-request';
import { queryNumber } from '../../edge/http/query-number';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';

const query = z.strictObject({ wait_seconds: queryNumber({ min: 0, max: maxWaitSeconds, fallback: 0 }) });

type GetRunDeps = Pick<RestApiDeps, 'runs' | 'workflows' | 'deliveries' | 'now' | 'sleep'>;

export function getRun(deps: GetRunDeps): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/workflow-runs/{run_id}',
    operationId: 'getRun',
    summary: 'Read a run with its steps; wait_seconds holds the answer until the run ends or the time is over',
    access: { scope: 'workflows:read', permission: 'viewer' },
    query,
    replies: { 200: runDetailViewSchema },
    errors: ['not_found', 'invalid_request'],
    act: async ({ request, caller, params }) => {
      const { wait_seconds: waitSeconds } = parseQuery(query, request.query);
      const run = await waitForRun(deps, caller.tenantId, numericId(params['run_id']), waitSeconds);
      return { status: 200, body: await readRunDetail(deps, caller.tenantId, run) };
    },
  };
}
