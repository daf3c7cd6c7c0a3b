import type { HandOver } from '../aws/run/progress';
import type { SegmentInput, SegmentOutput } from '../contract/machine';
import { isTerminal } from '../domain/run-status';
import { executionInput, executionName } from '../domain/run/execution';
import type { StoredRun } from '../domain/run/stored-run';
import type { Log } from '../edge/log/log';
import type { Outcome } from './segment-result';

interface HandOverDeps {
  readonly now: () => Date;
  readonly log: Log;
}

/**
 * Decides after a segment whether another execution goes on, because this one might end during the next segment. An
 * execution that has not noted what it is has a definition without a state for it, so it goes on itself.
 */
export function nextHandOver(
  { now }: Pick<HandOverDeps, 'now'>,
  { hand_over_at: handOverAt, execution, part = 0 }: SegmentInput,
  { status, resumeAt }: Outcome,
): HandOver | undefined {
  if (isTerminal(status) || handOverAt === undefined || execution === undefined) return undefined;
  const nextBeginsMs = Math.max(now().getTime(), resumeAt === null ? 0 : Date.parse(resumeAt));
  return nextBeginsMs > Date.parse(handOverAt) ? { part: part + 1, by: execution.id } : undefined;
}

/** True if the run has gone to an execution after the one that makes this call. */
export function isHandedOver({ part: ofRun = 0 }: StoredRun, { part = 0 }: SegmentInput): boolean {
  return ofRun > part;
}

/**
 * The end of an execution whose run is handed over. The one that recorded it starts the next one, also when its call is
 * repeated because the answer was lost. Any other is a second execution of the same part, which recovery or AWS itself
 * started: it ends here, so that two never go on side by side for longer than a part.
 */
export function handOver(deps: HandOverDeps, input: SegmentInput, row: StoredRun): SegmentOutput {
  const { part = 0, execution } = input;
  const isOurs = row.part === part + 1 && execution !== undefined && row.handed_over_by === execution.id;
  deps.log('info', {
    event: isOurs ? 'run_handed_over' : 'execution_superseded',
    tenant: input.tenant_id,
    run: row.uid,
    workflow: row.workflow_id,
    request_id: row.request_id,
    cursor: row.cursor,
    part: row.part,
  });
  if (!isOurs) return { ...input, cursor: row.cursor, next: 'handed_over', wait_seconds: 0 };
  const next = executionInput(input.tenant_id, row, deps.now());
  return { ...input, ...next, next: 'hand_over', wait_seconds: 0, execution_name: executionName(row, row.restarts) };
}
