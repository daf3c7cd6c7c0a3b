import type { SegmentResult } from '../aws/run/progress';
import { addSeconds } from '../domain/day';
import type { StoredRun } from '../domain/run/stored-run';
import {
  expressDueSeconds,
  expressMarginSeconds,
  handOverDueSeconds,
  publishDueSeconds,
  standardMarginSeconds,
  stoppedDueSeconds,
} from '../domain/timetable';
import type { Outcome } from './segment-result';

interface NextDueDeps {
  readonly now: () => Date;
  readonly runEndIsAwaited: (tenantId: string, status: 'succeeded' | 'failed') => Promise<boolean>;
}

/** The run's next `due_at`; undefined leaves an open run's as it is, and removes that of a run that ends. */
export async function nextDueAt(
  deps: NextDueDeps,
  tenantId: string,
  row: StoredRun,
  { status, resumeAt, stopped, handsOver }: Outcome & Pick<SegmentResult, 'handsOver'>,
): Promise<string | undefined> {
  if (status === 'succeeded' || status === 'failed') {
    const awaited = await deps.runEndIsAwaited(tenantId, status);
    return awaited ? addSeconds(deps.now(), publishDueSeconds).toISOString() : undefined;
  }
  const now = deps.now();
  if (handsOver !== undefined) return addSeconds(now, handOverDueSeconds).toISOString();
  if (stopped !== undefined) return dueAfterStop(row, now);
  if (row.engine === 'standard') return addSeconds(new Date(resumeAt ?? now), standardMarginSeconds).toISOString();
  const endsBy = addSeconds(now, row.total_delay_seconds + expressMarginSeconds).toISOString();
  const isSoonOver = row.due_at !== undefined && endsBy <= row.due_at;
  return row.status === 'queued' && !isSoonOver ? addSeconds(now, expressDueSeconds).toISOString() : undefined;
}

/**
 * The machine goes on with a segment that stopped in the middle, so recovery must not start a second execution beside
 * it: a second one would only add to the load that throttled the first. Recovery moves `due_at` past the end of each
 * execution it starts; that of the first one ends before `created_at` and {@link expressDueSeconds}.
 */
function dueAfterStop(row: StoredRun, now: Date): string | undefined {
  if (row.engine === 'standard') return addSeconds(now, stoppedDueSeconds).toISOString();
  const firstEnds = addSeconds(new Date(row.created_at), expressDueSeconds).toISOString();
  return row.restarts === 0 && row.due_at !== undefined && row.due_at < firstEnds ? firstEnds : undefined;
}
