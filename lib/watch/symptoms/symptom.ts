import { type Duration } from 'aws-cdk-lib';
import { MathExpression, TreatMissingData, type AlarmProps, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { FunctionName } from '../../../functions/contract/functions';
import type { Data } from '../../data';
import type { Deliveries } from '../../deliveries';
import type { FrontDoor } from '../../front-door';
import type { ProductFunction } from '../../product-function';
import type { Stage } from '../../stage';
import { period } from '../product-metric';

/** What is watched. */
export interface Watched {
  readonly stage: Stage;
  readonly frontDoor: FrontDoor;
  readonly data: Data;
  readonly deliveries: Deliveries;
  readonly functions: readonly ProductFunction<FunctionName>[];
}

/** Something that users notice, or soon will; each has an article of the runbook, docs/operate.md. */
export interface Symptom extends Omit<AlarmProps, 'alarmDescription'> {
  readonly id: string;
  readonly says: string;
  /** Heading of its article, as an anchor. */
  readonly article: string;
}

/**
 * Counts must stand for two of three periods: one bad minute is repaired by retries and recovery before anybody is awake.
 * Where a single occurrence needs a person, and none is expected in a year, one is enough.
 */
export const twoOfThree = { evaluationPeriods: 3, datapointsToAlarm: 2 };
export const atOnce = { evaluationPeriods: 1 };
/** No value is a good value: these are told only when something happens. */
export const quiet = { treatMissingData: TreatMissingData.NOT_BREACHING };

/** Of metrics that are silent while nothing happens. */
export function sumOf(metrics: readonly IMetric[], over: Duration = period): MathExpression {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  const expression = Object.keys(usingMetrics)
    .map((name) => `FILL(${name}, 0)`)
    .join(' + ');
  return new MathExpression({ expression, usingMetrics, period: over });
}
