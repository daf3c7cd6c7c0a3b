import type { SegmentInput } from '../../contract/machine';
import { addSeconds } from '../day';
import { handOverAfterSeconds } from '../timetable';
import type { Run } from './run';

/** What the executions of a run are named and started with. */
export type ExecutedRun = Pick<
  Run,
  'id' | 'uid' | 'workflow_id' | 'workflow_version' | 'cursor' | 'engine' | 'total_delay_seconds' | 'part'
>;

/**
 * The name of an execution: the run's uid, which part of the run it performs, and which restart of it this is. A name is
 * used once, because that of a closed Standard execution stays reserved for 90 days.
 *
 * @param restart 0 for the first start
 */
export function executionName({ uid, part = 0 }: Pick<Run, 'uid' | 'part'>, restart: number): string {
  return [uid, ...(part === 0 ? [] : [`p${part}`]), ...(restart === 0 ? [] : [restart])].join('-');
}

/**
 * The input of an execution that starts now, at the cursor of its run. Only Express needs to be told when to hand over:
 * Standard outlasts every run.
 */
export function executionInput(tenantId: string, run: ExecutedRun, now: Date): SegmentInput {
  return {
    tenant_id: tenantId,
    run_id: run.id,
    uid: run.uid,
    workflow_id: run.workflow_id,
    workflow_version: run.workflow_version,
    cursor: run.cursor,
    // Without a delay the first call ends the run.
    ...(run.total_delay_seconds === 0 && { reads_endpoints: true }),
    ...(run.engine === 'express' && {
      part: run.part ?? 0,
      hand_over_at: addSeconds(now, handOverAfterSeconds).toISOString(),
    }),
  };
}
