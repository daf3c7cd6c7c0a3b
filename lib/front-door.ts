import { Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accessLogFields } from './access-log';
import type { Stage } from './stage';

export interface FrontDoorProps {
  readonly stage: Stage;
}

/**
 * For all callers together: there is no limiter per token, so this bounds what a leaked one can spend. A tenth of
 * the account's default (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html), which all
 * APIs of a Region share.
 */
const throttle = { rateLimit: 1_000, burstLimit: 2_000 };

/** Method, path and outcome of each request, also of those that API Gateway refuses itself. */
const accessLogFormat = AccessLogFormat.custom(JSON.stringify(accessLogFields));

/** The HTTP API. It only passes requests on: authentication and errors are the functions' own. */
export class FrontDoor extends Construct {
  readonly httpApi: HttpApi;
  /** Without scheme; a name of our own that webhooks must not call. */
  readonly hostName: string;

  constructor(scope: Construct, id: string, props: FrontDoorProps) {
    super(scope, id);
    const stack = Stack.of(this);

    this.httpApi = new HttpApi(this, 'HttpApi', { apiName: stack.stackName, createDefaultStage: false });
    new HttpStage(this, 'Stage', {
      httpApi: this.httpApi,
      stageName: '$default',
      autoDeploy: true,
      throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLogs', {
            logGroupName: `/aws/vendedlogs/http-apis/${stack.stackName}`,
            retention: props.stage.logRetention,
            removalPolicy: props.stage.removalPolicy,
          }),
        ),
        format: accessLogFormat,
      },
    });
    this.hostName = `${this.httpApi.apiId}.execute-api.${stack.region}.${stack.urlSuffix}`;
  }
}
