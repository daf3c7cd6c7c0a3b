import { type Duration } from 'aws-cdk-lib';
import { MathExpression, TreatMissingData, type AlarmProps, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { FunctionName } from '../../../functions/contract/functions';
import type { Data } from '../../data';
import type { Deliveries } from '../../deliveries';
import type { FrontDoor } from '../../front-door';
import type { Door } from '../../release/door';
import type { ProductFunction } from '../../product-function';
import type { Stage } from '../../stage';
import { period } from '../product-metric';

/** The resources whose metrics alarms and graphs show. */
export interface Watched {
  readonly stage: Stage;
  readonly frontDoor: FrontDoor;
  readonly doors: readonly Door[];
  readonly data: Data;
  readonly deliveries: Deliveries;
  readonly functions: readonly ProductFunction<FunctionName>[];
}

/** A problem that users notice or soon will. Each has an article in the runbook, docs/operate.md. */
export interface Symptom extends Omit<AlarmProps, 'alarmDescription'> {
  readonly id: string;
  /** A sentence that tells an operator what is wrong. */
  readonly description: string;
  /** Anchor of the article's heading. */
  readonly article: string;
  /** True if people are also woken when the metric has values no more. */
  readonly wakesWhenMissing?: boolean;
  /** Whether it also stops a release that is under way; see `Release`. */
  readonly stopsRelease?: boolean;
}

/**
 * For problems that retries and recovery usually repair before anybody could react: the alarm goes off only if two of
 * three periods are bad.
 */
export const twoOfThree = { evaluationPeriods: 3, datapointsToAlarm: 2 };
/** For problems that need a person each time and are not expected even once a year: one period is enough. */
export const atOnce = { evaluationPeriods: 1 };
/** Missing data is healthy: the metric is only emitted when something happens. */
export const healthyWhenMissing = { treatMissingData: TreatMissingData.NOT_BREACHING };

/**
 * Missing data is the problem itself. The alarm then changes to "insufficient data", which is also the state that every alarm
 * begins in, so a new stage wakes nobody before the first value has come.
 */
export const wakesWhenMissing = { treatMissingData: TreatMissingData.MISSING, wakesWhenMissing: true };

/** Sum of metrics that have no values while nothing happens; missing values count as 0. */
export function sumOf(metrics: readonly IMetric[], over: Duration = period): MathExpression {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  const expression = Object.keys(usingMetrics)
    .map((name) => `FILL(${name}, 0)`)
    .join(' + ');
  return new MathExpression({ expression, usingMetrics, period: over });
}
