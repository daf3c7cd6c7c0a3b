import { Stack } from 'aws-cdk-lib';
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

/** What operators look at: alarms, one dashboard, saved queries. Watches every function there is when it is made, so make it last. */
export class Observability extends Construct {
  /** Of the console, with `{uid}` where a run's goes. */
  readonly runLogsUrl: string;
  readonly dashboardUrl: string;

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
  }
}

function isProductFunction(construct: unknown): construct is ProductFunction<FunctionName> {
  return construct instanceof ProductFunction;
}
