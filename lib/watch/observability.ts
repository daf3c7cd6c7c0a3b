import { Stack } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { FunctionName } from '../../functions/contract/functions';
import { ProductFunction } from '../product-function';
import { Alarms } from './alarms';
import { OperationsDashboard } from './operations-dashboard';
import { runLogsUrl } from './run-logs-url';
import { SavedQueries } from './saved-queries';
import type { Watched } from './symptoms/symptom';

export interface ObservabilityProps extends Omit<Watched, 'functions'> {
  readonly alarmEmail: string | undefined;
}

/**
 * What operators use: alarms, one dashboard in CloudWatch, and saved log queries. It covers the functions that exist in
 * the stack when it is constructed, so construct it last.
 */
export class Observability extends Construct {
  /** Link to a log query in the AWS console, with the placeholder `{uid}` for the run's uid. */
  readonly runLogsUrl: string;
  readonly dashboardUrl: string;
  readonly releaseAlarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const functions = stack.node.findAll().filter(isProductFunction);
    const logGroups = functions.map(({ logGroup }) => logGroup);
    const watched = { ...props, functions };

    const alarms = new Alarms(this, 'Alarms', watched);
    const dashboard = new OperationsDashboard(this, 'Dashboard', { ...watched, alarms: alarms.all });
    new SavedQueries(this, 'Queries', { logGroups });
    this.runLogsUrl = runLogsUrl(stack, logGroups);
    this.dashboardUrl = dashboard.url;
    this.releaseAlarms = alarms.ofRelease;
  }
}

function isProductFunction(construct: unknown): construct is ProductFunction<FunctionName> {
  return construct instanceof ProductFunction;
}
