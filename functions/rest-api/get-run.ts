import * as z from 'zod/mini';
import type { RunRow } from '../aws/runs';
import { notFound } from '../domain/errors';
import { jsonObjectSchema } from '../domain/json';
import { isTerminal } from '../domain/run';
import { runDetailViewSchema, viewRun, viewSteps } from '../domain/run-view';
import { numericId, parseQuery } from '../edge/parse-request';
import { queryNumber } from '../edge/query-number';
import type { GuardedRoute } from '../edge/route';
import type { RestApiDeps } from './deps';

/** Under the function's 28 s. */
const maxWaitSeconds = 20;
const pollMs = 400;

const query = z.strictObject({ wait_seconds: queryNumber({ min: 0, max: maxWaitSeconds, fallback: 0 }) });

type GetRunDeps = Pick<RestApiDeps, 'runs' | 'workflows' | 'deliveries' | 'now' | 'sleep'>;

export function getRun(deps: GetRunDeps): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/workflow-runs/{run_id}',
    operationId: 'getRun',
    summary: 'Read a run with its steps; wait_seconds holds the answer until the run ends or the time is over',
    access: 'workflows:read',
    query,
    replies: { 200: runDetailViewSchema },
    errors: ['not_found', 'invalid_request'],
    act: async ({ request, caller, params }) => {
      const { wait_seconds: waitSeconds } = parseQuery(query, request.query);
      const run = await waitForEnd(deps, caller.tenantId, numericId(params['run_id']), waitSeconds);
      return { status: 200, body: await detailOf(deps, caller.tenantId, run) };
    },
  };
}

async function waitForEnd(deps: GetRunDeps, tenantId: string, runId: number, waitSeconds: number): Promise<RunRow> {
  const untilMs = deps.now().getTime() + waitSeconds * 1000;
  for (;;) {
    const run = await deps.runs.get(tenantId, runId);
    if (run === undefined) throw notFound('run');
    const leftMs = untilMs - deps.now().getTime();
    if (isTerminal(run.status) || leftMs <= 0) return run;
    await deps.sleep(Math.min(pollMs, leftMs));
  }
}

async function detailOf(deps: GetRunDeps, tenantId: string, run: RunRow) {
  const [recipe, input, deliveries] = await Promise.all([
    deps.workflows.recipe(tenantId, run.workflow_id, run.workflow_version),
    deps.runs.inputOf(tenantId, run),
    deps.deliveries.listForRun(tenantId, run.uid, deps.now()),
  ]);
  return {
    ...viewRun(run),
    input: jsonObjectSchema.parse(JSON.parse(input)),
    steps: viewSteps(run, run.trail, recipe, deliveries, deps.now()),
  };
}
