import { Stack } from 'aws-cdk-lib';
import {
  CfnIntegration,
  HttpIntegrationType,
  HttpRouteIntegration,
  PayloadFormatVersion,
  type HttpRouteIntegrationBindOptions,
  type HttpRouteIntegrationConfig,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { Door } from './door';

/** Leads the requests of its routes to a door's alias. */
export class DoorIntegration extends HttpRouteIntegration {
  readonly #name: string;
  readonly #door: Door;
  /** What the first of the routes created. */
  #resource: CfnIntegration | undefined;

  constructor(id: string, door: Door) {
    super(id);
    this.#name = id;
    this.#door = door;
  }

  override bind(): HttpRouteIntegrationConfig {
    return {
      type: HttpIntegrationType.AWS_PROXY,
      uri: this.#door.live.functionArn,
      payloadFormatVersion: PayloadFormatVersion.VERSION_2_0,
    };
  }

  /**
   * API Gateway may invoke the alias and nothing else of the function, and turns to the alias only once it may. Otherwise the
   * deployment that brings the alias to an older stack would answer 500 between the two.
   */
  protected override completeBind({ scope, route }: HttpRouteIntegrationBindOptions): void {
    const { apiId } = route.httpApi;
    const permission = new CfnPermission(scope, `${this.#name}-Permission`, {
      action: 'lambda:InvokeFunction',
      functionName: this.#door.live.functionArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: Stack.of(scope).formatArn({
        service: 'execute-api',
        resource: apiId,
        resourceName: `*/*${route.path ?? ''}`,
      }),
    });
    this.#resource ??= scope.node.findAll().find((one) => CfnIntegration.isCfnIntegration(one));
    this.#resource?.addResourceDependency(permission);
  }
}
