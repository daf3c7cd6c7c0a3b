import type { RunProgressStore, SegmentResult } from '../aws/run/progress';
import type { RunStore } from '../aws/run/runs';
import type { SegmentInput, SegmentOutput } from '../contract/machine';
import { isThrottle, Throttled } from '../contract/throttling';
import { secondsUntil } from '../domain/day';
import { isTerminal } from '../domain/run-status';
import { type Run } from '../domain/run/run';
import type { StoredRun } from '../domain/run/stored-run';
import { errorFields } from '../edge/log/log';
import { logRunEnded } from '../edge/log/run';
import { handOver, isHandedOver, nextHandOver } from './hand-over';
import { nextDueAt } from './next-due';
import { performSteps, type PerformDeps } from './perform-steps';
import type { Outcome } from './segment-result';

export interface RunSegmentDeps extends PerformDeps {
  readonly runs: Pick<RunStore, 'get' | 'getWithRecipe' | 'inputOf'>;
  readonly progress: Pick<RunProgressStore, 'record' | 'recordAfterEnd' | 'close'>;
  /**
   * Reads the tenant's endpoints in advance. It never fails: what needs them then reads them itself, as it does if this is
   * absent.
   */
  readonly readEndpoints?: (tenantId: string) => Promise<void>;
  /** True if an active endpoint subscribes to the system event of this end. */
  readonly runEndIsAwaited: (tenantId: string, status: 'succeeded' | 'failed') => Promise<boolean>;
  /** Publishes the system event of a run that has ended; calling it again changes nothing. */
  readonly announceRunEnd: (tenantId: string, run: Run) => Promise<void>;
}

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
  const after = afterSegment(row, result);
  if (!isTerminal(after.status)) return nextOf(deps, onward, after);
  logRunEnded(deps.log, tenantId, after);
  return finish(deps, input, after);
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

type Ended = Run & Pick<StoredRun, 'due_at'>;
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

/** What comes next for an open run: its position is the next state's input, unless another execution goes on. */
function nextOf(deps: RunSegmentDeps, input: SegmentInput, row: StoredRun): SegmentOutput {
  if (isHandedOver(row, input)) return handOver(deps, input, row);
  const { cursor, resume_at: resumeAt } = row;
  const waitSeconds = resumeAt === null ? 0 : secondsUntil(new Date(resumeAt), deps.now());
  return { ...input, cursor, next: 'delay', wait_seconds: waitSeconds };
}

/** Publishes the end event whoever ended the run, so that a retry completes a call that died after its write. */
async function finish(deps: RunSegmentDeps, input: SegmentInput, run: Ended): Promise<SegmentOutput> {
  if (run.due_at !== undefined && run.status !== 'cancelled') {
    await deps.announceRunEnd(input.tenant_id, run);
    await deps.progress.close(input.tenant_id, run.id);
  }
  // The execution of a cancelled run succeeds, because it did what it should.
  return { ...input, cursor: run.cursor, next: run.status === 'failed' ? 'failed' : 'succeeded', wait_seconds: 0 };
}

/** The row as this segment's write leaves it. */
function afterSegment(row: StoredRun, result: SegmentResult): StoredRun {
  return {
    ...row,
    ...(result.handsOver && { part: result.handsOver.part, handed_over_by: result.handsOver.by }),
    status: result.status,
    cursor: result.cursor,
    steps_succeeded: result.stepsSucceeded,
    steps_failed: result.stepsFailed,
    started_at: result.startedAt,
    finished_at: result.finishedAt,
    resume_at: result.resumeAt,
    error: result.error,
    due_at: result.dueAt,
  };
}

/**
 * Follows a refused write: the run was ended, or moved on by a repeated call, while this call was at work, or the SDK
 * repeated the write after its own first success.
 */
async function resolveLostWrite(
  deps: RunSegmentDeps,
  input: SegmentInput,
  result: SegmentResult,
): Promise<SegmentOutput> {
  const row = await deps.runs.get(input.tenant_id, input.run_id);
  if (row === undefined) throw new Error(`Run ${input.run_id} of ${input.tenant_id} has no row`);
  if (!isTerminal(row.status)) return nextOf(deps, input, row);
  if (isThisEnd(row, result)) logRunEnded(deps.log, input.tenant_id, row);
  await deps.progress.recordAfterEnd(input.tenant_id, row, beyond(row, result));
  return finish(deps, input, row);
}

/**
 * What a run that has ended lacks of a segment. Its steps were performed, so the trail keeps them, whoever ended the run. A
 * repeated call may have recorded the first of them before it stopped. If this call's own write ended the run, nothing is
 * missing, and the cursor that is left is one that the row does not have.
 */
function beyond({ cursor }: StoredRun, result: SegmentResult): SegmentResult {
  const recorded = cursor - result.expectedCursor;
  if (recorded <= 0 || cursor >= result.cursor) return result;
  return { ...result, expectedCursor: cursor, entries: result.entries.slice(recorded) };
}

function isThisEnd(row: StoredRun, result: SegmentResult): boolean {
  return row.finished_at === result.finishedAt && row.status === result.status && row.cursor === result.cursor;
}
