import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { period, productMetric } from '../product-metric';
import { symptomsOfDeliveries } from './of-deliveries';

import { symptomsOfRuns } from './of-runs';
import { symptomsOfReleases } from './releases';
import { atOnce, healthyWhenMissing, sumOf, twoOfThree, type Symptom, type Watched } from './symptom';

export function symptomsOf(watched: Watched): readonly Symptom[] {
  return [
    ...ofFunctions(watched),
    ...symptomsOfReleases(watched),
    ...symptomsOfRuns(watched),
    ...symptomsOfDeliveries(watched),
    ...ofTable(watched),
    ...ofAudit(watched),
  ];
}

function ofFunctions({ frontDoor, functions }: Watched): Symptom[] {
  const others = functions.filter(({ productName }) => productName !== 'reconcile-runs');
  const nightly = functions.filter(({ productName }) => productName === 'reconcile-runs');
  return [
    {
      id: 'ApiFails',
      description: 'The API answers requests with 5xx errors.',
      article: 'the-api-answers-5xx',
      metric: frontDoor.httpApi.metricServerError({ period, statistic: Stats.SUM }),
      // A deployment or a failing AWS call causes one or two of them, and clients retry those.
      threshold: 5,
      ...twoOfThree,
      ...healthyWhenMissing,
    },
    {
      id: 'FunctionsFail',
      description: 'Functions throw errors, time out or run out of memory.',
      article: 'a-function-fails',
      metric: sumOf(others.map((one) => one.metricErrors({ period, statistic: Stats.SUM }))),
      // Step Functions retries a failing segment five times, so one run in trouble causes six errors, and recovery
      // repairs it.
      threshold: 10,
      ...twoOfThree,
      ...healthyWhenMissing,
    },
    {
      id: 'ReconcilingFails',
      description: 'The nightly reconciliation left some tenants unchecked.',
      article: 'reconciling-found-differences',
      metric: sumOf(
        nightly.map((one) => one.metricErrors({ period: Duration.days(1), statistic: Stats.SUM })),
        Duration.days(1),
      ),
      threshold: 1,
      ...atOnce,
      ...healthyWhenMissing,
    },
  ];
}

function ofTable({ data }: Watched): Symptom[] {
  const counted = { period, statistic: Stats.SUM };
  const throttled = ['ReadThrottleEvents', 'WriteThrottleEvents'].flatMap((metricName) => [
    data.table.metric(metricName, counted),
    // DynamoDB counts what an index throttles under the index only, and a hot index refuses writes to the table too.
    ...data.indexNames.map((index) =>
      data.table.metric(metricName, {
        ...counted,
        dimensionsMap: { TableName: data.table.tableName, GlobalSecondaryIndexName: index },
      }),
    ),
  ]);
  return [
    {
      id: 'TableThrottled',
      description: 'DynamoDB throttles the table or one of its indexes.',
      article: 'the-table-is-throttled',
      metric: sumOf(throttled),
      // The SDK retries throttled requests, and throttling after a burst on a new partition ends within seconds.
      threshold: 50,
      ...twoOfThree,
      ...healthyWhenMissing,
    },
  ];
}

function ofAudit({ stage }: Watched): Symptom[] {
  return [
    {
      id: 'AuditMissing',
      description: 'A change was made, and its audit row could not be written.',
      article: 'a-change-has-no-audit-row',
      metric: productMetric(stage, 'AuditMissing', Stats.SUM),
      // Nothing repeats the write of the row, so a person has to complete the audit for every single one.
      threshold: 1,
      ...atOnce,
      ...healthyWhenMissing,
    },
  ];
}
