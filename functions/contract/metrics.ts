/** A longer log line loses its last fields, because CloudWatch charges for each byte. */
export const maxLogLineBytes = 400;

/**
 * Namespace of the metrics that functions emit in addition to those of AWS. `edge/log/log.ts` writes them as part of
 * log lines. Each metric has the dimension `Stage`. If the line has a `code`, the metric is emitted a second time with
 * the dimensions `Stage` and `code`.
 */
export const metricNamespace = 'CoffieldWorkflows';

export interface Metrics {
  /** Number of accepted runs. */
  readonly Accepted?: number;
  /** Number of refused requests, by error code. */
  readonly Refused?: number;
  /** Number of runs that succeeded. */
  readonly Succeeded?: number;
  /** Number of runs that failed, by the run's error code. */
  readonly Failed?: number;
  /** Time from acceptance to the end of a run, whatever its final status; by error code. */
  readonly RunMs?: number;
  /** Time from acceptance to the first step of a run. It is emitted when the run ends. */
  readonly QueueMs?: number;
  /** Number of accepted runs that Step Functions refused to start or to restart. */
  readonly StartsDeferred?: number;
  /** Number of attempts at webhook deliveries, by error class; the code of a successful attempt is `delivered`. */
  readonly Attempts?: number;
  /** Time from when an attempt was due to when it began, with one value for each attempt. */
  readonly AttemptWaitMs?: readonly number[];
  /** By how much the oldest open item that recovery found is overdue, once a minute; 0 if nothing is overdue. */
  readonly OldestOverdueSeconds?: number;
  /** Number of differences that the nightly reconciliation found over all tenants; 0 if there are none. */
  readonly ReconcileDifferences?: number;
  /** Changes that were made although their audit row could not be written. */
  readonly AuditMissing?: number;
}

export type MetricName = keyof Metrics;
