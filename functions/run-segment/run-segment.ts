import type { SegmentResult } from '../aws/run/progress';
import type { SegmentInput, SegmentOutput } from '../contract/machine';
import { isThrottle, Throttled } from '../contract/throttling';
import { isTerminal } from '../domain/run-status';
import type { StoredRun } from '../domain/run/stored-run';
import { errorFields } from '../edge/log/log';
import type { RunSegmentDeps } from './deps';
import { afterRecord, finish, nextOf } from './go-on';
import { isHandedOver, nextHandOver } from './hand-over';
import { resolveLostWrite } from './lost-write';
import { nextDueAt } from './next-due';
import { performSteps } from './perform-steps';
import type { Outcome } from './segment-result';

/**
 * Performs every step from the cursor up to the next delay, then writes once. Step Functions may repeat any call: a
 * call whose steps were performed before, whose delay is not over, or whose run has ended performs nothing and returns
 * the run's current position. A call that stopped in the middle has recorded what it did, and its repeat goes on there.
 *
 * @throws Throttled if AWS throttled the call for as long as it could wait
 * @throws when AWS fails. The run does not fail for it: the state machine repeats the call, then recovery resumes the run.
 */
export async function runSegment(deps: RunSegmentDeps, input: SegmentInput): Promise<SegmentOutput> {
  const { tenant_id: tenantId, run_id: runId } = input;
  const ids = { runId, workflowId: input.workflow_id, version: input.workflow_version };
  const [read] = await Promise.allSettled([
    deps.runs.getWithRecipe(tenantId, ids),
    input.reads_endpoints === true ? deps.readEndpoints?.(tenantId) : undefined,
  ]);
  if (read.status === 'rejected') throw read.reason;
  const { row, recipe } = read.value;
  if (row === undefined) throw new Error(`Run ${runId} of ${tenantId} has no row`);
  // After a restore of the table, a new run gets the number of one that was lost, whose execution may still wait.
  if (row.uid !== input.uid) throw new Error(`Run ${runId} of ${tenantId} is another one, ${row.uid}`);
  if (isTerminal(row.status)) return finish(deps, input, row);
  if (isHandedOver(row, input)) return nextOf(deps, input, row);
  if (isElsewhere(row, input) || isWaiting(row, deps.now())) return nextOf(deps, input, row);

  const performed = await performSteps(deps, tenantId, row, recipe);
  if (performed.stopped?.error !== undefined) return recordThenThrow(deps, input, row, performed);
  const onward = { ...input, reads_endpoints: performed.readsEndpoints ?? input.reads_endpoints };
  const handsOver = nextHandOver(deps, input, performed);
  const result = await resultOf(deps, tenantId, row, { ...performed, handsOver });
  if (!(await deps.progress.record(tenantId, row, result))) return resolveLostWrite(deps, onward, result);
  return afterRecord(deps, onward, row, result);
}

/**
 * Records what a call did before AWS failed, so that its repeat does not perform it again, and throws. The record of a
 * throttle also says that the run's restarts are not used up by it.
 */
async function recordThenThrow(
  deps: RunSegmentDeps,
  input: SegmentInput,
  row: StoredRun,
  performed: Outcome,
): Promise<SegmentOutput> {
  const error = performed.stopped?.error;
  const result = { ...(await resultOf(deps, input.tenant_id, row, performed)), throttled: isThrottle(error) };
  if (result.entries.length > 0 || result.throttled) {
    const recorded = await deps.progress.record(input.tenant_id, row, result).catch((failure: unknown) => {
      deps.log('warn', { ...lineOf('record_failed', input), ...errorFields(failure) });
      return true;
    });
    if (!recorded) return resolveLostWrite(deps, input, result);
  }
  if (!result.throttled) throw error;
  deps.log('warn', { ...lineOf('segment_throttled', input), cursor: result.cursor, steps: result.entries.length });
  throw new Throttled(`AWS throttled run ${input.uid} at step ${result.cursor}`, { cause: error });
}

function lineOf(event: string, { tenant_id: tenant, uid: run, workflow_id: workflow }: SegmentInput) {
  return { event, tenant, run, workflow };
}

async function resultOf(
  deps: RunSegmentDeps,
  tenantId: string,
  row: StoredRun,
  performed: Outcome & Pick<SegmentResult, 'handsOver'>,
): Promise<SegmentResult> {
  return { ...performed, dueAt: await nextDueAt(deps, tenantId, row, performed) };
}

type Position = Pick<StoredRun, 'status' | 'cursor' | 'resume_at'>;

/**
 * True if the run has moved on to a delay since the machine made this call. A run that stopped in the middle of a
 * segment is taken up where it is, which saves Standard the three transitions of a wait of 0 seconds.
 */
function isElsewhere({ cursor, resume_at: resumeAt }: Position, input: SegmentInput): boolean {
  return cursor !== input.cursor && resumeAt !== null;
}

function isWaiting({ resume_at: resumeAt }: Position, now: Date): boolean {
  return resumeAt !== null && Date.parse(resumeAt) > now.getTime();
}
