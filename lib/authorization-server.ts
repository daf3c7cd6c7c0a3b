import { Validations } from 'aws-cdk-lib';
import { HttpMethod, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import type { Concurrency } from './concurrency';
import type { Issuer } from './dashboard/sign-in';
import type { Data } from './data';
import type { FrontDoor } from './front-door';
import type { OriginSecrets } from './origin-secrets';
import { Door } from './release/door';
import { DoorIntegration } from './release/door-integration';
import type { Stage } from './stage';

export interface AuthorizationServerProps {
  readonly stage: Stage;
  readonly bundlesDirectory: string;
  readonly frontDoor: FrontDoor;
  readonly originSecrets: OriginSecrets;
  readonly data: Data;
  readonly ownHosts: readonly string[];
  /** Issuer of the ID tokens with which members approve apps. */
  readonly issuer: Issuer;
  /** The product's own address, without a trailing slash. */
  readonly origin: string;
  readonly concurrency: Concurrency;
}

/** The OAuth server that lets people connect MCP clients. A function of its own, because the library it needs is large. */
export class AuthorizationServer extends Construct {
  readonly door: Door;

  constructor(scope: Construct, id: string, props: AuthorizationServerProps) {
    super(scope, id);
    const { stage, bundlesDirectory, data } = props;

    const authorizationServer = new Door(this, 'Function', {
      name: 'authorization-server',
      description: 'Lets members connect apps to the MCP server with OAuth',
      stage,
      bundlesDirectory,
      environment: {
        TABLE_NAME: data.table.tableName,
        OWN_HOSTS: props.ownHosts.join(','),
        ORIGIN_SECRETS: props.originSecrets.accepted,
        OIDC_ISSUER: props.issuer.issuer,
        OIDC_AUDIENCE: props.issuer.clientId,
        PUBLIC_ORIGIN: props.origin,
      },
      reservedConcurrentExecutions: props.concurrency.authorizationServer,
    });
    this.door = authorizationServer;
    // It never sees a run, an input or a delivery.
    data.grantReadsIn(authorizationServer, {
      // A person's memberships are read in one batch.
      tenant: ['GetItem', 'BatchGetItem', 'Query'],
      tokens: ['GetItem'],
      users: ['Query'],
      authorizations: ['GetItem'],
    });
    data.grantWrites(authorizationServer, {
      tenant: ['PutItem', 'UpdateItem'],
      requests: ['UpdateItem'],
      tokens: ['PutItem', 'UpdateItem'],
      // A request of an app is deleted when it was decided.
      authorizations: ['UpdateItem', 'DeleteItem'],
    });

    const integration = new DoorIntegration('Integration', authorizationServer);
    for (const [name, path] of [
      ['OAuth', '/oauth/{proxy+}'],
      ['WellKnown', '/.well-known/{proxy+}'],
    ] as const) {
      const route = new HttpRoute(this, name, {
        httpApi: props.frontDoor.httpApi,
        routeKey: HttpRouteKey.with(path, HttpMethod.ANY),
        integration,
      });
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'The function authenticates callers: the standards say how a client and a person prove who they are.',
      });
    }
  }
}
