import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { productMetric } from '../product-metric';
import { atOnce, quiet, sumOf, twoOfThree, type Symptom, type Watched } from './symptom';

export function symptomsOfRuns({ stage }: Watched): Symptom[] {
  return [
    {
      id: 'WorkOverdue',
      says: 'Runs, deliveries or counts are overdue for more than ten minutes.',
      article: 'a-run-stays-queued-or-running',
      metric: productMetric(stage, 'OldestOverdueSeconds', Stats.MAXIMUM),
      // A pass each minute takes what is due, and again two minutes later if it died: ten minutes are several failed passes.
      threshold: 600,
      evaluationPeriods: 2,
      ...quiet,
    },
    {
      id: 'RecoverySilent',
      says: 'Recovery does not run: what is interrupted stays so.',
      article: 'recovery-does-not-run',
      metric: productMetric(stage, 'OldestOverdueSeconds', Stats.SAMPLE_COUNT),
      // Told by every pass, so five times a period.
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 2,
      treatMissingData: TreatMissingData.BREACHING,
    },
    {
      id: 'RunsGivenUp',
      says: 'Runs were given up after five restarts or past their deadline.',
      article: 'runs-are-given-up',
      metric: sumOf(
        ['run_interrupted', 'run_timed_out'].map((code) => productMetric(stage, 'Failed', Stats.SUM, { code })),
      ),
      // Its recipe was not at fault: one is one too many.
      threshold: 1,
      ...atOnce,
      ...quiet,
    },
    {
      id: 'RunsBeginLate',
      says: 'One run in ten waits for its first step for more than a minute.',
      article: 'a-run-stays-queued-or-running',
      // Of 10, p90 is the slowest; a single run that recovery had to start is not a symptom, so for 15 minutes.
      metric: productMetric(stage, 'QueueMs', Stats.percentile(90)),
      threshold: 60_000,
      evaluationPeriods: 3,
      ...quiet,
    },
    {
      id: 'StartsDeferred',
      says: 'Step Functions does not take accepted runs; they begin late.',
      article: 'starts-are-throttled',
      metric: productMetric(stage, 'StartsDeferred', Stats.SUM),
      // Each is started two minutes later without anybody; more than two a minute means the quota is too small.
      threshold: 10,
      ...twoOfThree,
      ...quiet,
    },
    {
      id: 'Differences',
      says: 'Counters, runs or deliveries of a tenant disagree.',
      article: 'reconciling-found-differences',
      metric: productMetric(stage, 'ReconcileDifferences', Stats.MAXIMUM, { period: Duration.days(1) }),
      threshold: 1,
      ...atOnce,
      // One value a night: between two of them the last one stands.
      treatMissingData: TreatMissingData.IGNORE,
    },
  ];
}
