import { Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accessLogFields } from './access-log';
import type { Concurrency } from './concurrency';
import { uniquePartOf } from './names';
import type { Stage } from './stage';

export interface FrontDoorProps {
  readonly stage: Stage;
  readonly concurrency: Concurrency;
}

/** Logs method, path and outcome of each request, including those that API Gateway refuses itself. */
const accessLogFormat = AccessLogFormat.custom(JSON.stringify(accessLogFields));

/** The HTTP API. It only passes requests on: the functions authenticate callers and write error responses. */
export class FrontDoor extends Construct {
  readonly httpApi: HttpApi;
  /** Host name of the HTTP API, without scheme. Webhooks must not call it, because it is the product's own. */
  readonly hostName: string;

  constructor(scope: Construct, id: string, props: FrontDoorProps) {
    super(scope, id);
    const stack = Stack.of(this);

    this.httpApi = new HttpApi(this, 'HttpApi', { apiName: stack.stackName, createDefaultStage: false });
    new HttpStage(this, 'Stage', {
      httpApi: this.httpApi,
      stageName: '$default',
      autoDeploy: true,
      throttle: props.concurrency.throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLogs', {
            logGroupName: `/aws/vendedlogs/http-apis/${stack.stackName}-${uniquePartOf(this)}`,
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
