import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { stackNameOf, type StackOutput } from '../functions/contract';
import { Data } from './data';
import { Deliveries } from './deliveries';
import { FrontDoor } from './front-door';
import { McpServer } from './mcp-server';
import { Recovery } from './recovery';
import { RestApi } from './rest-api';
import { Runs } from './runs';
import type { Settings } from './settings';
import { stageNamed } from './stage';

export interface WorkflowsStackProps {
  readonly settings: Settings;
  /** Holds `<function name>/index.js` for each function of the product. */
  readonly bundlesDirectory: string;
}

/** The whole system. Each part says what it may do to the others. */
export class WorkflowsStack extends Stack {
  constructor(scope: Construct, id: string, props: WorkflowsStackProps) {
    const { settings, bundlesDirectory } = props;
    const stage = stageNamed(settings.stage);
    super(scope, id, { stackName: stackNameOf(stage.name), terminationProtection: stage.production });

    const data = new Data(this, 'Data', { stage });
    const frontDoor = new FrontDoor(this, 'FrontDoor', { stage });
    const ownHosts = [frontDoor.hostName, ...settings.ownHosts];

    const deliveries = new Deliveries(this, 'Deliveries', { stage, bundlesDirectory, data, ownHosts });
    const runs = new Runs(this, 'Runs', { stage, bundlesDirectory, data, deliveries });
    new RestApi(this, 'RestApi', { stage, bundlesDirectory, data, deliveries, runs, frontDoor, ownHosts, settings });
    new McpServer(this, 'McpServer', { stage, bundlesDirectory, data, runs, frontDoor, ownHosts, settings });
    new Recovery(this, 'Recovery', { stage, bundlesDirectory, data, deliveries, runs });

    const outputs: Record<StackOutput, string> = {
      ApiUrl: frontDoor.httpApi.apiEndpoint,
      TableName: data.table.tableName,
      DeliveryQueueUrl: deliveries.queue.queueUrl,
      DeliveryDeadLetterQueueUrl: deliveries.deadLetterQueue.queueUrl,
      ExpressStateMachineArn: runs.express.stateMachineArn,
      StandardStateMachineArn: runs.standard.stateMachineArn,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
