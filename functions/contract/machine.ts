import * as z from 'zod/mini';
import { functionLimits } from './functions';

/**
 * Execution time limits in seconds. AWS ends an Express execution after 5 minutes in any case
 * (docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). The longest legal recipe waits
 * 50 × 30 s = 1,500 s, so the limit for Standard is that plus a margin.
 */
export const machineTimeoutSeconds = { express: 300, standard: 2400 } as const;

/** Recipes that wait this long in total or longer run on Standard. */
export const standardFromDelaySeconds = 240;

/**
 * How long the machine waits for one call of `run-segment`: past the function's own timeout, so that it ends only a call
 * whose response was lost.
 */
export const segmentCallTimeoutSeconds = functionLimits['run-segment'].timeoutSeconds + 5;

/** How the machine repeats a failed call of `run-segment`: after up to 1, 2, 4, 8 and 16 s, with full jitter. */
export const segmentRetry = { firstWaitSeconds: 1, backOffRate: 2, maxAttempts: 5 } as const;

/** Names of the state machine's states. Tests look them up in execution histories. */
export const runMachineStates = {
  segment: 'Run segment',
  choice: 'Delay or finish?',
  wait: 'Wait for delay',
  succeeded: 'Run succeeded',
  failed: 'Run failed',
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
});

export type SegmentInput = z.infer<typeof segmentInputSchema>;

/**
 * What `run-segment` returns, which is the input of the next state. `wait_seconds` is a whole number, and 0 unless
 * `next` is `delay`.
 */
export interface SegmentOutput extends SegmentInput {
  readonly next: 'delay' | 'succeeded' | 'failed';
  readonly wait_seconds: number;
}
