import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { period, productMetric } from '../product-metric';
import { atOnce, quiet, type Symptom, type Watched } from './symptom';

export function symptomsOfDeliveries({ stage, deliveries }: Watched): Symptom[] {
  return [
    {
      id: 'DeadLetters',
      says: 'A webhook delivery message could not be processed.',
      article: 'messages-in-the-dead-letter-queue',
      metric: deliveries.deadLetterQueue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: Stats.MAXIMUM,
      }),
      threshold: 1,
      ...atOnce,
      // SQS reports nothing about a queue that has long been empty.
      ...quiet,
    },
    {
      id: 'AttemptsLate',
      says: 'One webhook attempt in ten is made more than two minutes late.',
      article: 'webhooks-arrive-late',
      // Retries of more than 15 minutes are found by recovery's next minute, so up to one is as it should be.
      metric: productMetric(stage, 'AttemptWaitMs', Stats.percentile(90)),
      threshold: 120_000,
      evaluationPeriods: 3,
      ...quiet,
    },
    {
      id: 'DeliveriesStuck',
      says: 'Messages rest in the delivery queue for more than 25 minutes.',
      article: 'webhooks-arrive-late',
      metric: deliveries.queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM }),
      // A retry may be held back for 15 minutes, and a message whose worker died is hidden for 3 more.
      threshold: 1_500,
      evaluationPeriods: 2,
      ...quiet,
    },
  ];
}
