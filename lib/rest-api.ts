import { Validations } from 'aws-cdk-lib';
import { HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import type { Concurrency } from './concurrency';
import type { Issuer } from './dashboard/sign-in';
import type { Data } from './data';
import type { Deliveries } from './deliveries';
import type { FrontDoor } from './front-door';
import type { OriginSecrets } from './origin-secrets';
import { Door } from './release/door';
import { DoorIntegration } from './release/door-integration';
import type { Runs } from './run/runs';
import type { Settings } from './settings';
import type { Stage } from './stage';

export interface RestApiProps {
  readonly stage: Stage;
  readonly bundlesDirectory: string;
  readonly frontDoor: FrontDoor;
  readonly originSecrets: OriginSecrets;
  readonly data: Data;
  readonly deliveries: Deliveries;
  readonly runs: Runs;
  readonly ownHosts: readonly string[];
  /** The product's own address, without a trailing slash. */
  readonly origin: string;
  /** Issuer of the ID tokens with which members call the API. */
  readonly issuer: Issuer;
  readonly concurrency: Concurrency;
  readonly settings: Pick<Settings, 'runEngine' | 'supportEmail'>;
}

/** The REST API: one function that does its own routing. */
export class RestApi extends Construct {
  readonly door: Door;

  constructor(scope: Construct, id: string, props: RestApiProps) {
    super(scope, id);
    const { stage, bundlesDirectory, data, deliveries, runs } = props;

    const restApi = new Door(this, 'Function', {
      name: 'rest-api',
      description: 'Answers every request of the REST API',
      stage,
      bundlesDirectory,
      environment: {
        TABLE_NAME: data.table.tableName,
        DELIVERY_QUEUE_URL: deliveries.queue.queueUrl,
        ...runs.machineArns,
        OWN_HOSTS: props.ownHosts.join(','),
        PUBLIC_ORIGIN: props.origin,
        ORIGIN_SECRETS: props.originSecrets.accepted,
        RUN_ENGINE: props.settings.runEngine,
        SUPPORT_EMAIL: props.settings.supportEmail,
        OIDC_ISSUER: props.issuer.issuer,
        OIDC_AUDIENCE: props.issuer.clientId,
        WAITING_PLACES: String(props.concurrency.waitingPlaces),
      },
      reservedConcurrentExecutions: props.concurrency.restApi,
    });
    this.door = restApi;
    data.grantReads(restApi, 'GetItem', 'BatchGetItem', 'Query');
    data.grantIndexQuery(restApi, 'by_parent');
    data.grantWrites(restApi, {
      // Deletes webhook endpoints, which live beside the tenant.
      tenant: ['PutItem', 'UpdateItem', 'DeleteItem'],
      runs: ['PutItem', 'UpdateItem'],
      inputs: ['PutItem'],
      requests: ['UpdateItem'],
      waiting: ['UpdateItem'],
      deliveries: ['PutItem', 'UpdateItem'],
      // A refused request deletes its idempotency claim, so that the caller can use the key again.
      claims: ['PutItem', 'UpdateItem', 'DeleteItem'],
      tokens: ['PutItem', 'UpdateItem'],
    });
    deliveries.grantSend(restApi);
    runs.grantStart(restApi);
    runs.grantStop(restApi);

    // One default route for all paths: with a route for each, API Gateway would answer unknown paths itself, with a
    // body that is not problem+json.
    const route = new HttpRoute(this, 'Default', {
      httpApi: props.frontDoor.httpApi,
      routeKey: HttpRouteKey.DEFAULT,
      integration: new DoorIntegration('Integration', restApi),
    });
    Validations.of(route).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'The function authenticates callers: an HTTP API authorizer would answer with 403 and its own body.',
    });
  }
}
