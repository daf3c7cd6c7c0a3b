/** A longer log line loses its last fields: lines are paid by the byte. */
export const maxLogLineBytes = 400;

/**
 * What functions measure beyond what AWS does. Written by `edge/log/log.ts` as part of log lines; each has the dimension
 * `Stage`, and is told a second time by `code` where the line has one.
 */
export const metricNamespace = 'CoffieldWorkflows';

export interface Metrics {
  /** Runs that were accepted. */
  readonly Accepted?: number;
  /** Requests that were refused; by error code. */
  readonly Refused?: number;
  readonly Succeeded?: number;
  /** Runs that failed; by the run's error code. */
  readonly Failed?: number;
  /** From acceptance to the end of a run, however it ended; by error code. */
  readonly RunMs?: number;
  /** From acceptance to a run's first step; told when it ends. */
  readonly QueueMs?: number;
  /** Accepted runs that Step Functions did not take, first starts and restarts. */
  readonly StartsDeferred?: number;
  /** Attempts at webhook deliveries; by error class, `delivered` when there was none. */
  readonly Attempts?: number;
  /** From the time an attempt was due to its beginning; one value for each attempt. */
  readonly AttemptWaitMs?: readonly number[];
  /** How late the oldest open item is that recovery found, each minute; 0 when nothing is overdue. */
  readonly OldestOverdueSeconds?: number;
  /** Rows of all tenants that disagree with each other, once a night; 0 when none do. */
  readonly ReconcileDifferences?: number;
}

export type MetricName = keyof Metrics;
