import { Validations } from 'aws-cdk-lib';
import { HttpMethod, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import type { Concurrency } from './concurrency';
import type { Data } from './data';
import type { FrontDoor } from './front-door';
import type { OriginSecrets } from './origin-secrets';
import { Door } from './release/door';
import { DoorIntegration } from './release/door-integration';
import type { Runs } from './run/runs';
import type { Settings } from './settings';
import type { Stage } from './stage';

export interface McpServerProps {
  readonly stage: Stage;
  readonly bundlesDirectory: string;
  readonly frontDoor: FrontDoor;
  readonly originSecrets: OriginSecrets;
  readonly data: Data;
  readonly runs: Runs;
  readonly ownHosts: readonly string[];
  /** The product's own address, without a trailing slash. */
  readonly origin: string;
  readonly concurrency: Concurrency;
  readonly settings: Pick<Settings, 'runEngine' | 'supportEmail'>;
}

/** The MCP server. It is a separate function so that the REST API does not load the protocol's SDK. */
export class McpServer extends Construct {
  readonly door: Door;

  constructor(scope: Construct, id: string, props: McpServerProps) {
    super(scope, id);
    const { stage, bundlesDirectory, data, runs } = props;

    const mcpServer = new Door(this, 'Function', {
      name: 'mcp-server',
      description: 'Answers agents and automation tools over the Model Context Protocol',
      stage,
      bundlesDirectory,
      environment: {
        TABLE_NAME: data.table.tableName,
        ...runs.machineArns,
        OWN_HOSTS: props.ownHosts.join(','),
        PUBLIC_ORIGIN: props.origin,
        ORIGIN_SECRETS: props.originSecrets.accepted,
        RUN_ENGINE: props.settings.runEngine,
        SUPPORT_EMAIL: props.settings.supportEmail,
        WAITING_PLACES: String(props.concurrency.waitingPlaces),
      },
      reservedConcurrentExecutions: props.concurrency.mcpServer,
    });
    this.door = mcpServer;
    data.grantReads(mcpServer, 'GetItem', 'BatchGetItem', 'Query');
    data.grantIndexQuery(mcpServer, 'by_parent');
    data.grantWrites(mcpServer, {
      tenant: ['UpdateItem'],
      runs: ['PutItem'],
      inputs: ['PutItem'],
      requests: ['UpdateItem'],
      waiting: ['UpdateItem'],
      // A refused request deletes its idempotency claim, so that the caller can use the key again.
      claims: ['PutItem', 'UpdateItem', 'DeleteItem'],
      tokens: ['UpdateItem'],
    });
    runs.grantStart(mcpServer);

    // All methods lead to the function, so that it refuses all but POST in the way that the protocol prescribes.
    const route = new HttpRoute(this, 'Mcp', {
      httpApi: props.frontDoor.httpApi,
      routeKey: HttpRouteKey.with('/mcp', HttpMethod.ANY),
      integration: new DoorIntegration('Integration', mcpServer),
    });
    Validations.of(route).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'The function authenticates callers: an HTTP API authorizer would answer with 403 and its own body.',
    });
  }
}
