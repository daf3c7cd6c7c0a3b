import * as z from 'zod/mini';
import { functionLimits } from './functions';

/**
 * Execution time limits in seconds. AWS ends an Express execution after 5 minutes in any case
 * (docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html), so a longer run is handed from one to the next. The
 * longest legal recipe waits 50 × 30 s = 1,500 s, so the limit for Standard is that plus a margin.
 */
export const machineTimeoutSeconds = { express: 300, standard: 2400 } as const;

/**
 * How long the machine waits for one call of `run-segment`: past the function's own timeout, so that it ends only a call
 * whose response was lost.
 */
export const segmentCallTimeoutSeconds = functionLimits['run-segment'].timeoutSeconds + 5;

/** How the machine repeats a failed call of `run-segment`: after up to 1, 2, 4, 8 and 16 s, with full jitter. */
export const segmentRetry = { firstWaitSeconds: 1, backOffRate: 2, maxAttempts: 5 } as const;

/**
 * How the machine repeats a call that was throttled: after up to 5, 10, 20, 40, 60, 60 … s, with full jitter. Waiting
 * here costs an eighth of waiting inside the function on Express, whose memory is billed at 64 MB instead of 512, and
 * keeps no concurrency from others. On Standard a repeat is one transition, 0.000025 $.
 *
 * `maxAttempts` is more than an execution has time for: the shortest possible call and wait take more than a second
 * together on average, and Standard ends after 2,400 s. So a throttle never uses the attempts up; only the execution's
 * time ends the repeats, and recovery goes on from there.
 */
export const throttleRetry = {
  firstWaitSeconds: 5,
  backOffRate: 2,
  longestWaitSeconds: 60,
  maxAttempts: 2_400,
} as const;

/**
 * How one call of `run-segment` uses its time, in seconds from its beginning. While it can, it repeats what AWS
 * throttles, after up to 0.2, 0.4, 0.8 … 5 s with full jitter, because a throttle after a burst mostly ends within
 * seconds. A segment of 50 events for 50 endpoints takes 2 s when nothing is throttled, so 20 s of patience are enough;
 * with more, a thousand throttled calls would hold the concurrency that others need.
 *
 * - until `patienceUntil`: throttled requests are repeated
 * - from `lastStepAt`: no step is begun, and what was done is recorded
 * - until `recordUntil`: the record of what was done is repeated if it is throttled itself
 *
 * The rest, up to the function's timeout of 60 s, is for one request that the SDK repeats three times at its slowest.
 */
export const segmentTime = { patienceUntil: 20, lastStepAt: 30, recordUntil: 45 } as const;

/** The waits between the repeats of a throttled request, in milliseconds. */
export const throttleWaits = { firstMs: 200, longestMs: 5_000 } as const;

/** Names of the state machine's states. Tests look them up in execution histories. The last three are on Express only. */
export const runMachineStates = {
  segment: 'Run segment',
  choice: 'Delay or finish?',
  wait: 'Wait for delay',
  succeeded: 'Run succeeded',
  failed: 'Run failed',
  identify: 'Note the execution',
  handOver: 'Hand over',
  handedOver: 'Handed over',
} as const;

/** Input of an execution and of each `run-segment` call. It contains only ids and a cursor, never tenants' data. */
export const segmentInputSchema = z.object({
  tenant_id: z.string(),
  run_id: z.int(),
  uid: z.string(),
  workflow_id: z.int(),
  workflow_version: z.int(),
  /** Index of the first step that was not performed yet. */
  cursor: z.int(),
  /**
   * The call will need the tenant's endpoints, because its steps fire events or end the run, so it reads them together with
   * the run. If absent, it reads them when it comes to need them.
   */
  reads_endpoints: z.optional(z.boolean()),
  /** How often the run was handed over before this execution. Absent: never. */
  part: z.optional(z.int()),
  /** A segment that would begin after this time is left to another execution. Absent: this execution goes on to the end. */
  hand_over_at: z.optional(z.string()),
  /** Which execution makes the call: two that AWS started for one request have the same input otherwise. */
  execution: z.optional(z.object({ id: z.string() })),
});

export type SegmentInput = z.infer<typeof segmentInputSchema>;

/** What the execution to which a run is handed over begins with. All of it is in the output of the last segment. */
export const handedOverFields = [
  'tenant_id',
  'run_id',
  'uid',
  'workflow_id',
  'workflow_version',
  'cursor',
  'part',
  'hand_over_at',
] as const satisfies readonly (keyof SegmentInput)[];

/**
 * What `run-segment` returns, which is the input of the next state. `wait_seconds` is a whole number, and 0 unless
 * `next` is `delay`.
 */
export interface SegmentOutput extends SegmentInput {
  /** `hand_over`: another execution goes on. `handed_over`: one does already, and this one ends. */
  readonly next: 'delay' | 'hand_over' | 'handed_over' | 'succeeded' | 'failed';
  readonly wait_seconds: number;
  /** With `hand_over`: the name of the next execution, whose `part` and `hand_over_at` are in this output. */
  readonly execution_name?: string;
}
