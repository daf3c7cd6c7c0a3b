import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { productMetric } from '../product-metric';
import { atOnce, healthyWhenMissing, sumOf, twoOfThree, wakesWhenMissing, type Symptom, type Watched } from './symptom';

export function symptomsOfRuns({ stage }: Watched): Symptom[] {
  return [
    {
      id: 'WorkOverdue',
      description: 'Runs, deliveries or counts have been overdue for more than ten minutes.',
      article: 'a-run-stays-queued-or-running',
      metric: productMetric(stage, 'OldestOverdueSeconds', Stats.MAXIMUM),
      // Recovery looks for due work each minute, and finds it again two minutes later if a pass died. Ten minutes
      // therefore mean that several passes have failed.
      threshold: 600,
      evaluationPeriods: 2,
      ...healthyWhenMissing,
    },
    {
      id: 'RecoverySilent',
      description: 'Recovery does not run, so interrupted runs and deliveries are not resumed.',
      article: 'recovery-does-not-run',
      metric: productMetric(stage, 'OldestOverdueSeconds', Stats.SAMPLE_COUNT, { period: Duration.minutes(1) }),
      // Every pass emits the metric, so a healthy minute has a value.
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 10,
      ...wakesWhenMissing,
    },
    {
      id: 'RunsGivenUp',
      description: 'Recovery gave up runs after five restarts or after their deadline.',
      article: 'runs-are-given-up',
      metric: sumOf(
        ['run_interrupted', 'run_timed_out'].map((code) => productMetric(stage, 'Failed', Stats.SUM, { code })),
      ),
      // The recipe is not the cause of these errors, so a single one needs a person.
      threshold: 1,
      ...atOnce,
      ...healthyWhenMissing,
    },
    {
      id: 'RunsBeginLate',
      description: 'One run in ten waits more than a minute for its first step.',
      article: 'a-run-stays-queued-or-running',
      // With ten runs or fewer, p90 is the slowest one. A single run that recovery had to start is no problem, so the
      // condition must hold for three periods, which is 15 minutes.
      metric: productMetric(stage, 'QueueMs', Stats.percentile(90)),
      threshold: 60_000,
      evaluationPeriods: 3,
      ...healthyWhenMissing,
    },
    {
      id: 'StartsDeferred',
      description: 'Step Functions refuses to start accepted runs, which therefore begin late.',
      article: 'starts-are-throttled',
      metric: productMetric(stage, 'StartsDeferred', Stats.SUM),
      // Recovery starts each of them two minutes later. More than two a minute means that the quota is too small.
      threshold: 10,
      ...twoOfThree,
      ...healthyWhenMissing,
    },
    {
      id: 'Differences',
      description: 'Counters, runs or deliveries of a tenant disagree with each other.',
      article: 'reconciling-found-differences',
      metric: productMetric(stage, 'ReconcileDifferences', Stats.MAXIMUM, { period: Duration.days(1) }),
      threshold: 1,
      ...atOnce,
      // The metric has one value a night, so the alarm keeps its state until the next one.
      treatMissingData: TreatMissingData.IGNORE,
    },
  ];
}
