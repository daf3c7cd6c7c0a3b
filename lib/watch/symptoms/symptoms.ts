import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { period } from '../product-metric';
import { symptomsOfDeliveries } from './of-deliveries';
import { symptomsOfRuns } from './of-runs';
import { atOnce, quiet, sumOf, twoOfThree, type Symptom, type Watched } from './symptom';

export function symptomsOf(watched: Watched): readonly Symptom[] {
  return [...atTheDoor(watched), ...symptomsOfRuns(watched), ...symptomsOfDeliveries(watched), ...ofTheTable(watched)];
}

function atTheDoor({ frontDoor, functions }: Watched): Symptom[] {
  const answering = functions.filter(({ productName }) => productName !== 'reconcile-runs');
  const nightly = functions.filter(({ productName }) => productName === 'reconcile-runs');
  return [
    {
      id: 'ApiFails',
      says: 'The API answers with 5xx.',
      article: 'the-api-answers-5xx',
      metric: frontDoor.httpApi.metricServerError({ period, statistic: Stats.SUM }),
      // A deployment or a failing AWS call gives one or two, which callers repeat.
      threshold: 5,
      ...twoOfThree,
      ...quiet,
    },
    {
      id: 'FunctionsFail',
      says: 'Functions throw, run out of time or of memory.',
      article: 'a-function-fails',
      metric: sumOf(answering.map((one) => one.metricErrors({ period, statistic: Stats.SUM }))),
      // Step Functions repeats a failing segment five times, so one run in trouble is six errors; recovery deals with it.
      threshold: 10,
      ...twoOfThree,
      ...quiet,
    },
    {
      id: 'ReconcilingFails',
      says: 'Tenants were left unchecked tonight.',
      article: 'reconciling-found-differences',
      metric: sumOf(
        nightly.map((one) => one.metricErrors({ period: Duration.days(1), statistic: Stats.SUM })),
        Duration.days(1),
      ),
      threshold: 1,
      ...atOnce,
      ...quiet,
    },
  ];
}

function ofTheTable({ data }: Watched): Symptom[] {
  const throttled = (metricName: string) => data.table.metric(metricName, { period, statistic: Stats.SUM });
  return [
    {
      id: 'TableThrottled',
      says: 'DynamoDB throttles the table.',
      article: 'the-table-is-throttled',
      metric: sumOf([throttled('ReadThrottleEvents'), throttled('WriteThrottleEvents')]),
      // The SDK repeats a throttled request; a burst in a new partition is over within seconds.
      threshold: 50,
      ...twoOfThree,
      ...quiet,
    },
  ];
}
