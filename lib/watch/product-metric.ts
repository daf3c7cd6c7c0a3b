import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { metricNamespace, type MetricName } from '../../functions/contract/metrics';
import type { Stage } from '../stage';

/** Alarms and graphs look at the same five minutes. */
export const period = Duration.minutes(5);

interface Told {
  /** Only what was told with this code; all of it when undefined. */
  readonly code?: string;
  readonly period?: Duration;
  readonly label?: string;
}

/** A metric that the functions tell in their log lines, as this stage tells it. */
export function productMetric(stage: Stage, metricName: MetricName, statistic: string, told: Told = {}): Metric {
  const { code, ...rest } = told;
  return new Metric({
    period,
    ...rest,
    namespace: metricNamespace,
    metricName,
    statistic,
    dimensionsMap: { Stage: stage.name, ...(code !== undefined && { code }) },
  });
}
