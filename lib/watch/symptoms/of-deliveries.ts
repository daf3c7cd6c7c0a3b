import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { period, productMetric } from '../product-metric';
import { atOnce, healthyWhenMissing, type Symptom, type Watched } from './symptom';

export function symptomsOfDeliveries({ stage, deliveries }: Watched): Symptom[] {
  return [
    {
      id: 'DeadLetters',
      description: 'A message of the delivery queue could not be processed.',
      article: 'messages-in-the-dead-letter-queue',
      metric: deliveries.deadLetterQueue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: Stats.MAXIMUM,
      }),
      threshold: 1,
      ...atOnce,
      // SQS emits no values for a queue that has been empty for a long time.
      ...healthyWhenMissing,
    },
    {
      id: 'AttemptsLate',
      description: 'One webhook attempt in ten is made more than two minutes late.',
      article: 'webhooks-arrive-late',
      // Recovery sends retries with a delay of more than 15 minutes, once a minute, so up to one minute late is normal.
      metric: productMetric(stage, 'AttemptWaitMs', Stats.percentile(90)),
      threshold: 120_000,
      evaluationPeriods: 3,
      ...healthyWhenMissing,
    },
    {
      id: 'DeliveriesStuck',
      description: 'Messages stay in the delivery queue for more than 25 minutes.',
      article: 'webhooks-arrive-late',
      metric: deliveries.queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM }),
      // A retry may be delayed for 15 minutes, and the visibility timeout hides a message whose worker died for 3 more.
      threshold: 1_500,
      evaluationPeriods: 2,
      ...healthyWhenMissing,
    },
  ];
}
