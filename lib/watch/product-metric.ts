import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { metricNamespace, type MetricName } from '../../functions/contract/metrics';
import type { Stage } from '../stage';

/** Alarms and graphs use the same period of five minutes. */
export const period = Duration.minutes(5);

interface MetricOptions {
  /** Selects the values that were emitted with this code. Default: all values. */
  readonly code?: string;
  readonly period?: Duration;
  readonly label?: string;
}

/** A metric that the functions of this stage emit in their log lines. */
export function productMetric(
  stage: Stage,
  metricName: MetricName,
  statistic: string,
  options: MetricOptions = {},
): Metric {
  const { code, ...rest } = options;
  return new Metric({
    period,
    ...rest,
    namespace: metricNamespace,
    metricName,
    statistic,
    dimensionsMap: { Stage: stage.name, ...(code !== undefined && { code }) },
  });
}
