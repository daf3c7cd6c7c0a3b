import type { SegmentResult } from '../aws/run/progress';
import type { SegmentInput, SegmentOutput } from '../contract/machine';
import { isTerminal } from '../domain/run-status';
import type { StoredRun } from '../domain/run/stored-run';
import { logRunEnded } from '../edge/log/run';
import type { RunSegmentDeps } from './deps';
import { afterRecord, finish, nextOf } from './go-on';
import { isHandedOver } from './hand-over';

/**
 * Follows a refused write: the run was ended, or moved on by a repeated call, while this call was at work, or the SDK
 * repeated the write after its own first success. What this call performed beyond that is recorded now, because the run
 * may be cancelled before another call gets there. Each further refusal has moved the cursor, so it comes to an end.
 */
export async function resolveLostWrite(
  deps: RunSegmentDeps,
  input: SegmentInput,
  result: SegmentResult,
): Promise<SegmentOutput> {
  const row = await deps.runs.get(input.tenant_id, input.run_id);
  if (row === undefined) throw new Error(`Run ${input.run_id} of ${input.tenant_id} has no row`);
  if (!isTerminal(row.status)) {
    if (isHandedOver(row, input) || !isWithin(row, result)) return nextOf(deps, input, row);
    const rest = beyond(row, result);
    const isRecorded = await deps.progress.record(input.tenant_id, row, rest);
    return isRecorded ? afterRecord(deps, input, row, rest) : resolveLostWrite(deps, input, rest);
  }
  if (isThisEnd(row, result)) logRunEnded(deps.log, input.tenant_id, row);
  await deps.progress.recordAfterEnd(input.tenant_id, row, beyond(row, result));
  return finish(deps, input, row);
}

/** True if a repeated call has stopped in the middle of this segment, and recorded its first steps. */
function isWithin({ cursor, resume_at: resumeAt }: StoredRun, result: SegmentResult): boolean {
  return cursor > result.expectedCursor && cursor < result.cursor && resumeAt === null;
}

/**
 * What a run lacks of a segment. Its steps were performed, so the trail keeps them, whoever ended the run. If this call's
 * own write ended the run, nothing is missing, and the cursor that is left is one that the row does not have.
 */
function beyond(row: StoredRun, result: SegmentResult): SegmentResult {
  if (row.cursor <= result.expectedCursor || row.cursor >= result.cursor) return result;
  const entries = result.entries.slice(row.cursor - result.expectedCursor);
  return { ...result, expectedCursor: row.cursor, entries, startedAt: row.started_at ?? result.startedAt };
}

function isThisEnd(row: StoredRun, result: SegmentResult): boolean {
  return row.finished_at === result.finishedAt && row.status === result.status && row.cursor === result.cursor;
}
