import { ulidOf } from '../delivery/ids';
import { isTerminal } from '../run-status';
import { type Run, type TrailEntry } from '../run/run';
import type { AuditEvent } from '../tenant/audit';
import { isOverdue, type Finding } from './difference';

/** A run with its `due_at`. */
export interface RunToReconcile extends Run {
  readonly trail: readonly TrailEntry[];
  readonly due_at?: string | undefined;
  readonly cancellation?: AuditEvent | undefined;
}

/**
 * Checks that a run has ended or will end, and that its trail matches its recipe and cursor.
 *
 * @param steps the types of the recipe's steps in order; undefined if its version does not exist
 */
export function judgeRun(run: RunToReconcile, steps: readonly unknown[] | undefined, now: Date): Finding[] {
  return [...judgeProgress(run, now), ...judgeTrail(run, steps)];
}

function judgeProgress(run: RunToReconcile, now: Date): Finding[] {
  const subject = `run ${run.id}`;
  if (run.due_at !== undefined) {
    if (!isOverdue(run.due_at, now)) return [];
    return [
      { kind: 'overdue', subject, expected: 'dealt with', found: `${run.status}, due ${run.due_at}`, repair: null },
    ];
  }
  if (isTerminal(run.status)) return [];
  const repair = { act: 'look_at_run', runId: run.id, uid: run.uid } as const;
  return [{ kind: 'never_due', subject, expected: 'a due time', found: run.status, repair }];
}

function judgeTrail(run: RunToReconcile, steps: readonly unknown[] | undefined): Finding[] {
  const { trail, cursor, status } = run;
  const found = `${trail.length} steps in the trail, cursor ${cursor}, ${status}`;
  const differs = (expected: string): Finding[] => [
    { kind: 'trail_differs', subject: `run ${run.id}`, expected, found, repair: null },
  ];
  if (trail.length !== cursor) return differs('as many steps as the cursor says');
  if (status === 'succeeded' && trail.length !== run.steps_total) return differs(`all ${run.steps_total} steps`);
  if (trail.filter((entry) => entry.status === 'failed').length !== run.steps_failed)
    return differs(`${run.steps_failed} failed steps`);
  if (trail.length === 0 || steps === undefined) return [];
  const wrong = trail.findIndex(({ type }, index) => type !== steps[index]);
  return wrong === -1
    ? []
    : differs(`step ${wrong + 1} to be a ${String(steps[wrong])}, not a ${trail[wrong]?.type ?? ''}`);
}

/**
 * The audit row that must exist according to the run's own row. The audit row of a re-run has the ULID of the new run.
 */
export function auditOwed(run: RunToReconcile, now: Date): AuditEvent | undefined {
  // The run still has a `due_at`: its audit row may be about to be written.
  if (run.due_at !== undefined) return undefined;
  if (run.cancellation !== undefined) return run.cancellation;
  if (run.rerun_of === null || !isOverdue(run.created_at, now)) return undefined;
  return {
    id: ulidOf(run.uid),
    at: run.created_at,
    actor: run.triggered_by,
    action: 'run.rerun',
    target: `run ${run.rerun_of}`,
    request_id: run.request_id,
    detail: { new_run: run.id },
  };
}
