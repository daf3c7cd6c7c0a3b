import { runDeadline, type Engine, type Run, type TriggeredBy } from './run';

/** What a run is created from: a version of a workflow, and an input. */
export interface RunSource {
  readonly workflowId: number;
  readonly workflowName: string;
  readonly workflowVersion: number;
  readonly stepsTotal: number;
  readonly totalDelaySeconds: number;
  /** The JSON text of an object. */
  readonly input: string;
  readonly rerunOf: number | null;
}

interface Acceptance {
  readonly id: number;
  readonly uid: string;
  readonly engine: Engine;
  readonly triggeredBy: TriggeredBy;
  readonly requestId: string;
  readonly traceparent: string;
  readonly at: Date;
  /** The UTC day that the run was counted on. It can be the day after that of `at`, see `startRun`. */
  readonly day: string;
}

export function newRun(source: RunSource, accepted: Acceptance): Run {
  return {
    id: accepted.id,
    uid: accepted.uid,
    workflow_id: source.workflowId,
    workflow_name: source.workflowName,
    workflow_version: source.workflowVersion,
    status: 'queued',
    engine: accepted.engine,
    cursor: 0,
    steps_total: source.stepsTotal,
    steps_succeeded: 0,
    steps_failed: 0,
    total_delay_seconds: source.totalDelaySeconds,
    triggered_by: accepted.triggeredBy,
    rerun_of: source.rerunOf,
    created_at: accepted.at.toISOString(),
    started_at: null,
    finished_at: null,
    deadline_at: runDeadline(accepted.at, source.totalDelaySeconds).toISOString(),
    resume_at: null,
    error: null,
    request_id: accepted.requestId,
    traceparent: accepted.traceparent,
    day: accepted.day,
    restarts: 0,
  };
}
