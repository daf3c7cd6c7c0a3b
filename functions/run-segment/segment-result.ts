import type { SegmentResult } from '../aws/run/progress';
import type { RunError, TrailEntry } from '../domain/run/run';
import type { StoredRun } from '../domain/run/stored-run';

interface Performed {
  readonly entries: readonly TrailEntry[];
  /** Index after the last performed step. */
  readonly cursor: number;
  readonly startedAt: string;
  readonly at: string;
}

/** What a segment did, before the run's next due time is known. */
export type Outcome = Omit<SegmentResult, 'dueAt' | 'handsOver' | 'throttled'> & {
  /** The segment stopped before its end. Absent if it reached a delay or the end of the run. */
  readonly stopped?: Stop;
  /** Whether the segment after the delay will need the tenant's endpoints. Absent unless this one reached a delay. */
  readonly readsEndpoints?: boolean;
};

/** Why a segment stopped before its end: an error of AWS, or none if only its time was up. */
export interface Stop {
  readonly error: unknown;
}

/** The run waits for a delay, which is counted when the next segment begins. */
export function waiting(run: StoredRun, performed: Performed, resumeAt: string): Outcome {
  const base = resultOf(run, performed);
  return { ...base, stepsSucceeded: base.stepsSucceeded - 1, status: 'running', resumeAt, finishedAt: null };
}

/** The run has ended: its last step stopped it, or all steps were performed. */
export function ended(run: StoredRun, performed: Performed): Outcome {
  const base = resultOf(run, performed);
  return { ...base, status: base.stepsFailed > 0 ? 'failed' : 'succeeded', resumeAt: null, finishedAt: performed.at };
}

/** The segment stopped at its cursor, and another call goes on from there. */
export function stopped(run: StoredRun, performed: Performed, error?: unknown): Outcome {
  const base = resultOf(run, performed);
  return { ...base, status: 'running', resumeAt: null, finishedAt: null, stopped: { error } };
}

/** The stored recipe is invalid: no step is performed, even with `continue_on_error`. */
export function refused(run: StoredRun, error: RunError, at: string): Outcome {
  const base = resultOf(run, { entries: [], cursor: run.cursor, startedAt: at, at });
  return { ...base, error, status: 'failed', resumeAt: null, finishedAt: at };
}

function resultOf(run: StoredRun, { entries, cursor, startedAt }: Performed) {
  const trail = [...run.trail, ...entries];
  return {
    expectedCursor: run.cursor,
    cursor,
    entries,
    stepsSucceeded: trail.filter(({ status }) => status === 'succeeded').length,
    stepsFailed: trail.filter(({ status }) => status === 'failed').length,
    startedAt: run.started_at ?? startedAt,
    error: firstError(trail),
  };
}

function firstError(trail: readonly TrailEntry[]): RunError | null {
  const step = trail.findIndex(({ status }) => status === 'failed');
  const error = trail[step]?.error ?? null;
  return error === null ? null : { ...error, step };
}
