import * as z from 'zod/mini';

/**
 * Execution time limits in seconds. AWS ends an Express execution after 5 minutes in any case
 * (docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). The longest legal recipe waits
 * 50 × 30 s = 1,500 s, so the limit for Standard is that plus a margin.
 */
export const machineTimeoutSeconds = { express: 300, standard: 2400 } as const;

/** Recipes that wait this long in total or longer run on Standard. */
export const standardFromDelaySeconds = 240;

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
  /** Index of the first step not yet performed. */
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
