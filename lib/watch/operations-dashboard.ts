import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  MathExpression,
  PeriodOverride,
  Stats,
  type IAlarm,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { metricNamespace, type MetricName } from '../../functions/contract/metrics';
import { accountWideName } from '../names';
import type { Stage } from '../stage';
import { period, productMetric } from './product-metric';
import type { Watched } from './symptoms/symptom';

export interface OperationsDashboardProps extends Watched {
  readonly alarms: readonly IAlarm[];
}

/** One page for operators: first the alarms, then what users see, then the resources underneath. */
export class OperationsDashboard extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, props: OperationsDashboardProps) {
    super(scope, id);
    const { stage, alarms } = props;
    const { region } = Stack.of(this);
    const dashboardName = accountWideName(this, 'operations');
    new Dashboard(this, 'Dashboard', {
      dashboardName,
      periodOverride: PeriodOverride.INHERIT,
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 4 })],
        runsRow(stage),
        apiRow(props),
        deliveriesRow(props),
        resourcesRow(props),
      ],
    });
    this.url = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboardName}`;
  }
}

function runsRow(stage: Stage) {
  const counted = (name: MetricName) => productMetric(stage, name, Stats.SUM, { label: name });
  return [
    graph('Runs', [counted('Accepted'), counted('Succeeded'), counted('Failed')]),
    graph('Failed runs by code', [byCode(stage, 'Failed')]),
    graph('Run duration, ms', percentiles(stage, 'RunMs')),
    graph('Time in queue, ms', percentiles(stage, 'QueueMs')),
  ];
}

function apiRow({ stage, frontDoor: { httpApi } }: Watched) {
  const latency = (statistic: string) => httpApi.metricLatency({ period, statistic, label: statistic });
  return [
    graph('Requests', [
      httpApi.metricCount({ period, label: 'all' }),
      httpApi.metricClientError({ period, statistic: Stats.SUM, label: '4xx' }),
      httpApi.metricServerError({ period, statistic: Stats.SUM, label: '5xx' }),
    ]),
    graph('Refused by code', [byCode(stage, 'Refused')]),
    graph('Latency of the API, ms', [latency('p50'), latency('p90'), latency('p99')]),
  ];
}

function deliveriesRow({ stage, deliveries: { queue, deadLetterQueue } }: Watched) {
  return [
    graph('Webhook attempts by class', [byCode(stage, 'Attempts')]),
    graph('Delay of webhook attempts, ms', percentiles(stage, 'AttemptWaitMs')),
    graph('Delivery queue', [
      queue.metricApproximateNumberOfMessagesVisible({ period, label: 'waiting' }),
      queue.metricApproximateNumberOfMessagesDelayed({ period, label: 'delayed' }),
      deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period, label: 'dead letters' }),
    ]),
    graph('Oldest message, s', [queue.metricApproximateAgeOfOldestMessage({ period, label: 'age' })]),
  ];
}

function resourcesRow({ stage, data: { table }, functions }: Watched) {
  const throttled = (name: string, label: string) => table.metric(name, { period, statistic: Stats.SUM, label });
  return [
    graph('Oldest overdue, s', [productMetric(stage, 'OldestOverdueSeconds', Stats.MAXIMUM, { label: 'oldest' })]),
    graph('Functions that fail', [
      ...functions.map((one) => one.metricErrors({ period, statistic: Stats.SUM, label: one.productName })),
    ]),
    graph('Throttled', [
      throttled('ReadThrottleEvents', 'table, reads'),
      throttled('WriteThrottleEvents', 'table, writes'),
      productMetric(stage, 'StartsDeferred', Stats.SUM, { label: 'starts deferred' }),
    ]),
    graph('Differences found', [productMetric(stage, 'ReconcileDifferences', Stats.MAXIMUM, { label: 'per night' })]),
  ];
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 6, height: 6 });
}

function percentiles(stage: Stage, name: MetricName): IMetric[] {
  return ['p50', 'p90', 'p99'].map((statistic) => productMetric(stage, name, statistic, { label: statistic }));
}

/** One line for each code that was emitted in the time range on display. */
function byCode(stage: Stage, name: MetricName): MathExpression {
  const search = `{${metricNamespace},Stage,code} MetricName="${name}" Stage="${stage.name}"`;
  return new MathExpression({ expression: `SEARCH('${search}', 'Sum', ${period.toSeconds()})`, label: '', period });
}
