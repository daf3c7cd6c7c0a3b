import * as z from 'zod/mini';
import { addSeconds } from '../day';
import { runStatusSchema } from '../run-status';
import { channelSchema } from '../tenant/plan';
import { deadlineGraceSeconds } from '../timetable';
import { stepTypeSchema } from '../workflow/recipe';

export const stepStatusSchema = z.enum(['pending', 'running', 'succeeded', 'failed', 'skipped']);
export type StepStatus = z.infer<typeof stepStatusSchema>;

/** Why a run or step failed. None of these is an HTTP error. */
export const runErrorCodeSchema = z.enum([
  'recipe_too_large',
  'step_type_not_allowed',
  'invalid_recipe',
  'rendered_too_large',
  'run_timed_out',
  'run_interrupted',
]);
export type RunErrorCode = z.infer<typeof runErrorCodeSchema>;

/** `step` counts from 0 and is null for errors of the run as a whole. */
export const runErrorSchema = z.object({
  code: runErrorCodeSchema,
  message: z.string(),
  step: z.nullable(z.int()),
});
export type RunError = z.infer<typeof runErrorSchema>;

export const stepErrorSchema = z.object({ code: runErrorCodeSchema, message: z.string() });

/**
 * A performed step in the trail; its position is the step's index. A delay is `succeeded` from its start, and its
 * `finished_at` is the time at which it ends.
 */
export const trailEntrySchema = z.object({
  type: stepTypeSchema,
  status: z.enum(['succeeded', 'failed']),
  started_at: z.string(),
  finished_at: z.string(),
  output: z.nullable(z.record(z.string(), z.unknown())),
  error: z.nullable(stepErrorSchema),
});
export type TrailEntry = z.infer<typeof trailEntrySchema>;

export const engineSchema = z.enum(['express', 'standard']);
export type Engine = z.infer<typeof engineSchema>;

export const triggeredBySchema = z.object({ channel: channelSchema, name: z.string() });
export type TriggeredBy = z.infer<typeof triggeredBySchema>;

/** A run as stored; runs are permanent. Times are RFC 3339 UTC. */
export const runSchema = z.object({
  id: z.int(),
  uid: z.string(),
  workflow_id: z.int(),
  workflow_name: z.string(),
  workflow_version: z.int(),
  status: runStatusSchema,
  engine: engineSchema,
  /** Index of the first step that was not performed yet. */
  cursor: z.int(),
  steps_total: z.int(),
  steps_succeeded: z.int(),
  steps_failed: z.int(),
  total_delay_seconds: z.int(),
  triggered_by: triggeredBySchema,
  rerun_of: z.nullable(z.int()),
  created_at: z.string(),
  started_at: z.nullable(z.string()),
  finished_at: z.nullable(z.string()),
  deadline_at: z.string(),
  /** The running delay ends at this time; null outside a delay. */
  resume_at: z.nullable(z.string()),
  error: z.nullable(runErrorSchema),
  request_id: z.string(),
  /** The trace of the request that started the run. Absent if a release without traces accepted it. */
  traceparent: z.optional(z.string()),
  /** The UTC day that the run counts on. */
  day: z.string(),
  /** The number of restarts by recovery that Step Functions accepted. */
  restarts: z.int(),
  /** How often the run was handed from one Express execution to the next. Absent: never. */
  part: z.optional(z.int()),
});
export type Run = z.infer<typeof runSchema>;

/** The request that the events of a run originate from. */
export function originOf({ request_id, traceparent }: Run): { request_id: string; traceparent: string | undefined } {
  return { request_id, traceparent };
}

/** After this time a run is ended as `run_timed_out`, whatever happened to its execution: its delays plus 6 hours. */
export function runDeadline(createdAt: Date, totalDelaySeconds: number): Date {
  return addSeconds(createdAt, totalDelaySeconds + deadlineGraceSeconds);
}
