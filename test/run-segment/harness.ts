import type { Database } from '../../functions/aws/database';
import { openRunSegmentStores } from '../../functions/aws/open-stores';
import type { SegmentInput } from '../../functions/contract/machine';
import { startRun } from '../../functions/domain/run/start-run';
import type { Tenant } from '../../functions/domain/tenant/tenant';
import type { LogFields } from '../../functions/edge/log/log';
import { runSegment, type RunSegmentDeps } from '../../functions/run-segment/run-segment';
import { aTrigger, startRunDeps, testClock } from '../support/start-run';
import { tenantWithWorkflow } from '../support/table';
import { walk } from './walk';

type Fired = Parameters<RunSegmentDeps['fireWebhookEvent']>[0];

/** A run accepted at noon, its segments, and what they fired. */
export async function anAcceptedRun(
  table: Database,
  { input = {}, ...tenant }: Partial<Tenant> & { recipe?: unknown; input?: object } = {},
) {
  const clock = testClock();
  const tenantId = await tenantWithWorkflow(table, tenant);
  const start = { operation: 'trigger', workflowId: 1, input } as const;
  const { run } = await startRun(startRunDeps(table, clock).deps, aTrigger(tenantId, { start }));
  const fired: Fired[] = [];
  const announced: string[] = [];
  const logged: LogFields[] = [];
  const deps: RunSegmentDeps = {
    ...openRunSegmentStores(table),
    fireWebhookEvent: async (event) => {
      fired.push(event);
      return { matched_endpoints: 1 };
    },
    runEndIsAwaited: async () => true,
    announceRunEnd: async (tenant, ended) => void announced.push(`${tenant} ${ended.uid} ${ended.status}`),
    now: clock.now,
    log: (_level, fields) => void logged.push(fields),
  };
  const atStart: SegmentInput = {
    tenant_id: tenantId,
    run_id: run.id,
    uid: run.uid,
    workflow_id: run.workflow_id,
    workflow_version: run.workflow_version,
    cursor: 0,
  };
  const over = (database: Database): RunSegmentDeps => ({ ...deps, ...openRunSegmentStores(database) });
  return {
    tenantId,
    clock,
    deps,
    /** The same, over a table that loses or holds requests. */
    over,
    fired,
    announced,
    logged,
    atStart,
    segment: (cursor = 0, changes: Partial<RunSegmentDeps> = {}) =>
      runSegment({ ...deps, ...changes }, { ...atStart, cursor }),
    walk: () => walk(atStart, (given) => runSegment(deps, given), clock),
    row: async () => (await deps.runs.get(tenantId, run.id))!,
  };
}
