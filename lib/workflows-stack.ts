import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { stackNameOf, stageThrottle, type StackOutput } from '../functions/contract/stack';
import { AuthorizationServer } from './authorization-server';
import { concurrencyOf } from './concurrency';
import { CustomerKey } from './customer-key';
import { Dashboard } from './dashboard/dashboard';
import { DashboardFiles } from './dashboard/files';
import { SignIn } from './dashboard/sign-in';
import { Data } from './data';
import { Deliveries } from './deliveries';
import { FixedEgress } from './fixed-egress';
import { FrontDoor } from './front-door';
import { OriginSecrets } from './origin-secrets';
import { McpServer } from './mcp-server';
import { Reconciliation } from './reconciliation';
import { Recovery } from './recovery';
import { Release } from './release/release';
import { RestApi } from './rest-api';
import { Runs } from './run/runs';
import type { Settings } from './settings';
import { stageOf } from './stage';
import { Observability } from './watch/observability';

export interface WorkflowsStackProps {
  readonly settings: Settings;
  /** Directory that contains `<function name>/index.js` for each function of the product. */
  readonly bundlesDirectory: string;
  /**
   * Directory of the descriptions of the API, as `bin/documents.ts` writes it. Without it no files are deployed, which
   * only the local run and tests do.
   */
  readonly documentsDirectory?: string | undefined;
  /**
   * Directory of the built dashboard. Without it, everything except the dashboard's files is deployed, and the files
   * already in the bucket stay.
   */
  readonly dashboardDirectory?: string | undefined;
}

/** The whole product. Each construct grants its own functions what they may do with the resources of the others. */
export class WorkflowsStack extends Stack {
  constructor(scope: Construct, id: string, props: WorkflowsStackProps) {
    const { settings, bundlesDirectory, documentsDirectory, dashboardDirectory } = props;
    const stage = stageOf(settings);
    super(scope, id, {
      stackName: stackNameOf(stage.name),
      description: 'Multi-tenant workflow runner',
      terminationProtection: stage.keepsData,
      // CloudFormation puts these tags on every resource that supports them, so that cost reports and searches can
      // group the resources of one stage.
      tags: { Product: 'coffield-workflows', Stage: stage.name },
    });

    const customerKey = settings.encryption === 'customer' ? new CustomerKey(this, 'Key', { stage }) : undefined;
    const egress = settings.egress === 'fixed' ? new FixedEgress(this, 'Egress', { stage }) : undefined;
    const data = new Data(this, 'Data', { stage, customerKey });
    const throttle = { ...stageThrottle, rateLimit: settings.requestsPerSecond };
    const concurrency = concurrencyOf(settings.concurrency, throttle);
    const frontDoor = new FrontDoor(this, 'FrontDoor', { stage, concurrency });
    const signIn = new SignIn(this, 'SignIn', { stage, settings });
    const originSecrets = new OriginSecrets(this, 'OriginSecrets', { settings });
    const withFiles = documentsDirectory !== undefined;
    const dashboard = new Dashboard(this, 'Dashboard', {
      stage,
      frontDoor,
      signIn,
      originSecrets,
      withFiles,
      settings,
    });
    const [address] = dashboard.hostNames;
    const publicOrigin = `https://${address}`;
    const origins = dashboard.hostNames.slice(1).map((hostName) => `https://${hostName}`);
    const issuer = signIn.registerDashboard([publicOrigin, ...origins, ...settings.dashboardOrigins]);
    const ownHosts = [frontDoor.hostName, ...dashboard.hostNames, ...settings.ownHosts];

    const deliveries = new Deliveries(this, 'Deliveries', {
      stage,
      bundlesDirectory,
      data,
      ownHosts,
      customerKey,
      egress,
    });
    const runs = new Runs(this, 'Runs', { stage, bundlesDirectory, data, deliveries });
    const restApi = new RestApi(this, 'RestApi', {
      stage,
      bundlesDirectory,
      data,
      deliveries,
      runs,
      frontDoor,
      originSecrets,
      ownHosts,
      origin: publicOrigin,
      issuer,
      concurrency,
      settings,
    });
    const mcpServer = new McpServer(this, 'McpServer', {
      stage,
      bundlesDirectory,
      data,
      runs,
      frontDoor,
      originSecrets,
      ownHosts,
      origin: publicOrigin,
      concurrency,
      settings,
    });
    const authorizationServer = new AuthorizationServer(this, 'AuthorizationServer', {
      stage,
      bundlesDirectory,
      data,
      frontDoor,
      originSecrets,
      ownHosts,
      issuer,
      origin: publicOrigin,
      concurrency,
    });
    new Recovery(this, 'Recovery', { stage, bundlesDirectory, data, deliveries, runs, concurrency });
    new Reconciliation(this, 'Reconciliation', { stage, bundlesDirectory, data });

    const { alarmEmail } = settings;
    const doors = [restApi.door, mcpServer.door, authorizationServer.door];
    const observability = new Observability(this, 'Observability', {
      stage,
      frontDoor,
      doors,
      data,
      deliveries,
      alarmEmail,
    });
    new Release(this, 'Release', { stage, settings, doors, alarms: observability.releaseAlarms });

    if (documentsDirectory !== undefined) {
      const config = {
        issuer: issuer.issuer,
        client_id: issuer.clientId,
        scope: issuer.scope,
        support_email: settings.supportEmail,
        run_logs_url: observability.runLogsUrl,
      };
      new DashboardFiles(this, 'DashboardFiles', {
        stage,
        dashboard,
        documentsDirectory,
        directory: dashboardDirectory,
        config,
        doors,
      });
    }

    const outputs: Record<StackOutput, string> = {
      TableName: data.table.tableName,
      DeliveryQueueUrl: deliveries.queue.queueUrl,
      DeliveryDeadLetterQueueUrl: deliveries.deadLetterQueue.queueUrl,
      ExpressStateMachineArn: runs.express.stateMachineArn,
      StandardStateMachineArn: runs.standard.stateMachineArn,
      DashboardUrl: publicOrigin,
      DistributionHostName: dashboard.distribution.distributionDomainName,
      OperationsUrl: observability.dashboardUrl,
      RunLogsUrl: observability.runLogsUrl,
      SignInIssuer: issuer.issuer,
      SignInClientId: issuer.clientId,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
    if (egress !== undefined) new CfnOutput(this, 'EgressAddresses', { value: egress.addresses });
  }
}
