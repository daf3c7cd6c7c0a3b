import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { healthyWhenMissing, sumOf, type Symptom, type Watched } from './symptom';

/**
 * A canary lasts five minutes. Metrics arrive a minute or two late, which leaves three periods of a minute to see a fault.
 */
const period = Duration.minutes(1);

/** A fault of a release goes on; a failing AWS call is usually over within a minute. */
const twoOfFive = { evaluationPeriods: 5, datapointsToAlarm: 2 };

/**
 * Symptoms by which a release is stopped. The first sees what callers see, and with a tenth of the requests on the new
 * version it notices a fault that meets one in twenty of those. The second sees crashes of the new version alone, however
 * few of all requests they are.
 */
export function symptomsOfReleases({ frontDoor: { httpApi }, doors }: Watched): Symptom[] {
  const crashes = doors.map((door) =>
    // Lambda counts by version while the alias divides its requests between two of them:
    // docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
    door.live.metricErrors({
      period,
      statistic: Stats.SUM,
      dimensionsMap: {
        FunctionName: door.functionName,
        Resource: `${door.functionName}:${door.live.aliasName}`,
        ExecutedVersion: door.currentVersion.version,
      },
    }),
  );
  return [
    {
      id: 'RequestsFail',
      description: 'More than one request in 200 is answered with a 5xx error.',
      article: 'a-release-is-stopped',
      metric: new MathExpression({
        expression: '100 * errors / requests',
        usingMetrics: {
          errors: httpApi.metricServerError({ period, statistic: Stats.SUM }),
          requests: httpApi.metricCount({ period, statistic: Stats.SUM }),
        },
        period,
      }),
      threshold: 0.5,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      ...twoOfFive,
      ...healthyWhenMissing,
      stopsRelease: true,
    },
    {
      id: 'NewVersionFails',
      description: 'The new version of a door throws errors, times out or runs out of memory.',
      article: 'a-release-is-stopped',
      metric: sumOf(crashes, period),
      threshold: 1,
      ...twoOfFive,
      ...healthyWhenMissing,
      stopsRelease: true,
    },
  ];
}
