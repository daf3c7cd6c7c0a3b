import type { SegmentResult } from '../aws/run/progress';
import type { SegmentInput, SegmentOutput } from '../contract/machine';
import { secondsUntil } from '../domain/day';
import { isTerminal } from '../domain/run-status';
import type { Run } from '../domain/run/run';
import type { StoredRun } from '../domain/run/stored-run';
import { logRunEnded } from '../edge/log/run';
import type { RunSegmentDeps } from './deps';
import { handOver, isHandedOver } from './hand-over';

/** What follows a segment that was recorded. */
export function afterRecord(
  deps: RunSegmentDeps,
  input: SegmentInput,
  row: StoredRun,
  result: SegmentResult,
): SegmentOutput | Promise<SegmentOutput> {
  const after = afterSegment(row, result);
  if (!isTerminal(after.status)) return nextOf(deps, input, after);
  logRunEnded(deps.log, input.tenant_id, after);
  return finish(deps, input, after);
}

/** What comes next for an open run: its position is the next state's input, unless another execution goes on. */
export function nextOf(deps: RunSegmentDeps, input: SegmentInput, row: StoredRun): SegmentOutput {
  if (isHandedOver(row, input)) return handOver(deps, input, row);
  const { cursor, resume_at: resumeAt } = row;
  const waitSeconds = resumeAt === null ? 0 : secondsUntil(new Date(resumeAt), deps.now());
  return { ...input, cursor, next: 'delay', wait_seconds: waitSeconds };
}

type Ended = Run & Pick<StoredRun, 'due_at'>;

/** Publishes the end event whoever ended the run, so that a retry completes a call that died after its write. */
export async function finish(deps: RunSegmentDeps, input: SegmentInput, run: Ended): Promise<SegmentOutput> {
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
