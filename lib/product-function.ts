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

/** The same for every function. */
type Given = 'STAGE';

/** The variables that the function's `handler.ts` parses, as text, so that a missing one does not compile. */
type Environment<Name extends FunctionName> = Readonly<
  Omit<z.input<(typeof environmentSchemas)[Name]>, LocalOnly | Given> & Record<string, string>
>;

export interface ProductFunctionProps<Name extends FunctionName> extends EventInvokeConfigOptions {
  readonly name: Name;
  readonly description: string;
  readonly environment: Environment<Name>;
  readonly bundlesDirectory: string;
  readonly stage: Stage;
  /** Default: it leaves from whatever addresses Lambda has. */
  readonly egress?: FixedEgress | undefined;
  /** Default: no reservation; the function shares the account's concurrency. */
  readonly reservedConcurrentExecutions?: number;
}

const projectDirectory = resolve(__dirname, '..');

/** A Lambda function of the product: limits from the contract, a log group of its own, and no permission but to log. */
export class ProductFunction<Name extends FunctionName> extends Function {
  readonly productName: Name;

  constructor(scope: Construct, id: string, props: ProductFunctionProps<Name>) {
    const { name, bundlesDirectory, stage, environment, egress, ...options } = props;
    const limits = functionLimits[name];
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: stage.logRetention,
      removalPolicy: stage.removalPolicy,
    });
    // Given rather than generated: the generated one may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);

    super(scope, id, {
      ...options,
      environment: { ...environment, STAGE: stage.name },
      ...egress?.admit(role),
      code: Code.fromAsset(join(bundlesDirectory, name)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(limits.timeoutSeconds),
      memorySize: limits.memoryMb,
      tracing: Tracing.ACTIVE,
      role,
      logGroup,
      // JSON so that a crash outside our code is queryable like our own lines.
      loggingFormat: LoggingFormat.JSON,
      // Start and report lines are longer than our own and told by metrics and traces: 0.6 $ per million runs.
      systemLogLevelV2: stage.production ? SystemLogLevel.WARN : SystemLogLevel.INFO,
    });

    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Traces belong to no resource that IAM could name: xray:PutTraceSegments, xray:PutTelemetryRecords.',
    });

    this.productName = name;
    // The local run loads the very file that is deployed; the asset's own path is a copy named by its hash.
    const resource = this.node.defaultChild;
    if (CfnFunction.isCfnFunction(resource)) {
      resource.addMetadata('entry', relative(projectDirectory, join(bundlesDirectory, name, 'index.js')));
    }
  }
}
