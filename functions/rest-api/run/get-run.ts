import * as z from 'zod/mini';
import { readRunDetail } from '../../domain/run/read-detail';
import { runDetailViewSchema } from '../../domain/run/view';
import { maxWaitSeconds, waitForRun } from '../../domain/run/wait-for-run';
import { limitOf } from '../../domain/tenant/limits';
import { numericId, parseQuery } from '../../edge/http/parse-request';
import { queryNumber } from '../../edge/http/query-number';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';

const query = z.strictObject({ wait_seconds: queryNumber({ min: 0, max: maxWaitSeconds, fallback: 0 }) });

type GetRunDeps = Pick<RestApiDeps, 'runs' | 'waiting' | 'workflows' | 'deliveries' | 'now' | 'sleep'>;

/** A request that found no free place to wait is asked to come back after this many seconds. */
const readAgainSeconds = 2;

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
    act: async ({ request, caller, params, tenant }) => {
      const { wait_seconds: waitSeconds } = parseQuery(query, request.query);
      const places = async () => limitOf(await tenant(), 'waiting_requests');
      const runId = numericId(params['run_id']);
      const { run, waited } = await waitForRun(deps, caller.tenantId, runId, { waitSeconds, places });
      return {
        status: 200,
        ...(!waited && { headers: { 'retry-after': String(readAgainSeconds) } }),
        body: await readRunDetail(deps, caller.tenantId, run),
      };
    },
  };
}
