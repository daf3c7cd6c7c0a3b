import type { SegmentInput, SegmentOutput } from '../contract';
import { addSeconds, secondsUntil } from '../domain/day';
import { isTerminal, type Run } from '../domain/run';
import type { RunProgressStore, SegmentResult } from '../aws/run-progress';
import type { RunRow, RunStore } from '../aws/runs';
import { logRunEnded } from '../edge/log-run';
import { performSteps, type PerformDeps } from './perform-steps';

export interface RunSegmentDeps extends PerformDeps {
  readonly runs: RunStore;
  readonly progress: RunProgressStore;
  /** Whether anybody asked for the system event of a run that ends so. */
  readonly runEndIsAwaited: (tenantId: string, status: 'succeeded' | 'failed') => Promise<boolean>;
  /** Fires the system event of a run that has ended; repeating it changes nothing. */
  readonly announceRunEnd: (tenantId: string, run: Run) => Promise<void>;
}

/** Past the end of an Express execution (300 s), whatever it was doing. */
const expressDueSeconds = 330;
/** A run that is to end so long before the look it was accepted with keeps it: to move it writes the index twice. */
const expressMarginSeconds = 45;
/** An end that is to be told and was not told by then is told by recovery. */
const toldWithinSeconds = 90;
/** A Standard run's next segment has begun by then, retries included. */
const standardMarginSeconds = 180;

/**
 * Performs every step from the cursor up to the next delay, then writes once. Step Functions may repeat any call:
 * a call whose steps were performed, whose delay is not over, or whose run has ended performs nothing and says where
 * the run stands.
 *
 * @throws when AWS fails; the state machine retries, then recovery resumes. A run never fails for that.
 */
export async function runSegment(deps: RunSegmentDeps, input: SegmentInput): Promise<SegmentOutput> {
  const { tenant_id: tenantId, run_id: runId } = input;
  const { row, recipe } = await deps.runs.getWithRecipe(tenantId, {
    runId,
    workflowId: input.workflow_id,
    version: input.workflow_version,
  });
  if (row === undefined) throw new Error(`Run ${runId} of ${tenantId} has no row`);
  if (isTerminal(row.status)) return finish(deps, input, row);
  if (row.cursor !== input.cursor || isWaiting(row, deps.now())) return standing(input, row, deps.now());

  const performed = await performSteps(deps, tenantId, row, recipe);
  const result = { ...performed, dueAt: await nextLook(deps, tenantId, row, performed) };
  if (!(await deps.progress.record(tenantId, row, result))) return resolveLostWrite(deps, input, result);
  const after = afterSegment(row, result);
  if (!isTerminal(after.status)) return standing(input, after, deps.now());
  logRunEnded(deps.log, tenantId, after);
  return finish(deps, input, after);
}

type Ended = Run & Pick<RunRow, 'due_at'>;
type Standing = Pick<RunRow, 'status' | 'cursor' | 'resume_at'>;

function isWaiting({ resume_at: resumeAt }: Standing, now: Date): boolean {
  return resumeAt !== null && Date.parse(resumeAt) > now.getTime();
}

/** Where an open run stands, as the next state's input. */
function standing(input: SegmentInput, row: Standing, now: Date): SegmentOutput {
  return {
    ...input,
    cursor: row.cursor,
    next: 'delay',
    wait_seconds: row.resume_at === null ? 0 : secondsUntil(new Date(row.resume_at), now),
  };
}

/** Told here, whoever ended the run, so that a repeated call makes good for one that died after its write. */
async function finish(deps: RunSegmentDeps, input: SegmentInput, run: Ended): Promise<SegmentOutput> {
  if (run.due_at !== undefined && run.status !== 'cancelled') {
    await deps.announceRunEnd(input.tenant_id, run);
    await deps.progress.close(input.tenant_id, run.id);
  }
  // A cancelled run's execution did what it should.
  return { ...input, cursor: run.cursor, next: run.status === 'failed' ? 'failed' : 'succeeded', wait_seconds: 0 };
}

/** The row as the segment's write left it. */
function afterSegment(row: RunRow, result: SegmentResult): Ended {
  return {
    ...row,
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

/** When recovery looks next; undefined leaves it as it is, or takes an ended run from its list. */
async function nextLook(
  deps: RunSegmentDeps,
  tenantId: string,
  row: RunRow,
  { status, resumeAt }: Pick<SegmentResult, 'status' | 'resumeAt'>,
): Promise<string | undefined> {
  if (status === 'succeeded' || status === 'failed') {
    const awaited = await deps.runEndIsAwaited(tenantId, status);
    return awaited ? addSeconds(deps.now(), toldWithinSeconds).toISOString() : undefined;
  }
  const now = deps.now();
  if (row.engine === 'standard') return addSeconds(new Date(resumeAt ?? now), standardMarginSeconds).toISOString();
  const endsBy = addSeconds(now, row.total_delay_seconds + expressMarginSeconds).toISOString();
  const isSoonOver = row.due_at !== undefined && endsBy <= row.due_at;
  return row.status === 'queued' && !isSoonOver ? addSeconds(now, expressDueSeconds).toISOString() : undefined;
}

/** The run was ended, or moved on by a repeated call, while this one was at work. */
async function resolveLostWrite(
  deps: RunSegmentDeps,
  input: SegmentInput,
  result: SegmentResult,
): Promise<SegmentOutput> {
  const row = await deps.runs.get(input.tenant_id, input.run_id);
  if (row === undefined) throw new Error(`Run ${input.run_id} of ${input.tenant_id} has no row`);
  if (!isTerminal(row.status)) return standing(input, row, deps.now());
  // Its steps did happen: the trail says so, whoever ended the run.
  await deps.progress.recordAfterEnd(input.tenant_id, input.run_id, result);
  return finish(deps, input, row);
}
