import { Duration, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  CfnFunction,
  Code,
  Function,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
  type EventInvokeConfigOptions,
  type FunctionOptions,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { join, relative, resolve } from 'node:path';
import type * as z from 'zod/mini';
import type { environmentSchemas } from '../functions/contract/environment';
import { functionLimits, type FunctionName } from '../functions/contract/functions';
import type { FixedEgress } from './fixed-egress';
import type { Stage } from './stage';

type LocalOnly = 'LOCAL_INBOX_ORIGIN' | 'RETRY_SECONDS';

/** Variables that this construct sets for every function. */
type SetHere = 'STAGE';

/** The variables that the function's `handler.ts` parses, as text, so that a construct that forgets one does not compile. */
type Environment<Name extends FunctionName> = Readonly<
  Omit<z.input<(typeof environmentSchemas)[Name]>, LocalOnly | SetHere> & Record<string, string>
>;

export interface ProductFunctionProps<Name extends FunctionName>
  extends EventInvokeConfigOptions, Pick<FunctionOptions, 'currentVersionOptions'> {
  readonly name: Name;
  readonly description: string;
  readonly environment: Environment<Name>;
  readonly bundlesDirectory: string;
  readonly stage: Stage;
  /** Default: the function's requests come from Lambda's changing addresses. */
  readonly egress?: FixedEgress | undefined;
  /** Default: no reservation; the function shares the account's concurrency. */
  readonly reservedConcurrentExecutions?: number | undefined;
}

const projectDirectory = resolve(__dirname, '..');

/** A Lambda function of the product, with limits from the contract, its own log group, and only permission to log. */
export class ProductFunction<Name extends FunctionName> extends Function {
  readonly productName: Name;

  constructor(scope: Construct, id: string, props: ProductFunctionProps<Name>) {
    const { name, bundlesDirectory, stage, environment, egress, reservedConcurrentExecutions, ...options } = props;
    const limits = functionLimits[name];
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: stage.logRetention,
      removalPolicy: stage.removalPolicy,
    });
    // A role of our own, because the one that the CDK generates may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);

    super(scope, id, {
      ...options,
      environment: { ...environment, STAGE: stage.name },
      ...egress?.attach(role),
      ...(reservedConcurrentExecutions !== undefined && { reservedConcurrentExecutions }),
      code: Code.fromAsset(join(bundlesDirectory, name)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(limits.timeoutSeconds),
      memorySize: limits.memoryMb,
      tracing: Tracing.ACTIVE,
      role,
      logGroup,
      // With JSON, log queries find a crash outside our code in the same way as our own lines.
      loggingFormat: LoggingFormat.JSON,
      // INFO adds Lambda's start and report lines. They are longer than our own, repeat what metrics and traces already
      // contain, and would cost 0.6 $ per million runs.
      systemLogLevelV2: stage.production ? SystemLogLevel.WARN : SystemLogLevel.INFO,
    });

    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'xray:PutTraceSegments and xray:PutTelemetryRecords do not support resource-level permissions.',
    });

    this.productName = name;
    // The local run uses this path to load the very file that is deployed. The asset's own path names a copy of the
    // bundle's directory by its hash.
    const resource = this.node.defaultChild;
    if (CfnFunction.isCfnFunction(resource)) {
      resource.addMetadata('entry', relative(projectDirectory, join(bundlesDirectory, name, 'index.js')));
    }
  }
}
