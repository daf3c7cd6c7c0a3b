import type { Database } from '../../functions/aws/database';
import { openRunSegmentStores } from '../../functions/aws/open-stores';
import type { SegmentInput } from '../../functions/contract/machine';
import { startRun } from '../../functions/domain/run/start-run';
import type { Tenant } from '../../functions/domain/tenant/tenant';
import type { LogFields } from '../../functions/edge/log/log';
import type { RunSegmentDeps } from '../../functions/run-segment/deps';
import { runSegment } from '../../functions/run-segment/run-segment';
import { aTrigger, startRunDeps, testClock } from '../support/start-run';
import { tenantWithWorkflow } from '../support/table';
import { walk } from './walk';

type FiredEvent = Parameters<RunSegmentDeps['fireWebhookEvent']>[0];

/** A run that was accepted at noon, with functions to perform its segments and records of what they did. */
export async function anAcceptedRun(
  table: Database,
  {
    input = {},
    engineSetting = 'auto',
    ...tenant
  }: Partial<Tenant> & { recipe?: unknown; input?: object; engineSetting?: 'auto' | 'standard' } = {},
) {
  const clock = testClock();
  const tenantId = await tenantWithWorkflow(table, tenant);
  const start = { operation: 'trigger', workflowId: 1, input } as const;
  const { run } = await startRun({ ...startRunDeps(table, clock).deps, engineSetting }, aTrigger(tenantId, { start }));
  const fired: FiredEvent[] = [];
  const announced: string[] = [];
  const logged: LogFields[] = [];
  const deps: RunSegmentDeps & ReturnType<typeof openRunSegmentStores> = {
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
  const firstInput: SegmentInput = {
    tenant_id: tenantId,
    run_id: run.id,
    uid: run.uid,
    workflow_id: run.workflow_id,
    workflow_version: run.workflow_version,
    cursor: 0,
  };
  const withDatabase = (database: Database): RunSegmentDeps => ({ ...deps, ...openRunSegmentStores(database) });
  return {
    tenantId,
    clock,
    deps,
    /** The dependencies with another database, such as one that loses or holds requests. */
    withDatabase,
    fired,
    announced,
    logged,
    firstInput,
    segment: (cursor = 0, changes: Partial<RunSegmentDeps> = {}) =>
      runSegment({ ...deps, ...changes }, { ...firstInput, cursor }),
    walk: () => walk(firstInput, (segmentInput) => runSegment(deps, segmentInput), clock),
    row: async () => (await deps.runs.get(tenantId, run.id))!,
  };
}
