import { devNull } from 'node:os';
import type { LocalDeployment } from '../template/identities';
import type { FunctionResource } from './function-resource';

/** Addresses at which the SDK reaches each engine. */
export interface EngineEndpoints {
  readonly table: string;
  readonly queue: string;
  readonly machine: string;
}

export interface EnvironmentOptions {
  readonly deployment: LocalDeployment;
  readonly endpoints: EngineEndpoints;
  /** Variables that functions have only in a local run. */
  readonly localVariables: Readonly<Record<string, string>>;
}

/** Lambda's own variables, the addresses of the engines and the template's variables, but none of the user's shell. */
export function functionEnvironment(
  resource: FunctionResource,
  { deployment, endpoints, localVariables }: EnvironmentOptions,
): Record<string, string> {
  return {
    AWS_REGION: deployment.region,
    AWS_DEFAULT_REGION: deployment.region,
    AWS_LAMBDA_FUNCTION_NAME: resource.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(resource.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.table,
    AWS_ENDPOINT_URL_SQS: endpoints.queue,
    AWS_ENDPOINT_URL_SFN: endpoints.machine,
    // Otherwise the SDK would read the user's profiles, which may name an endpoint, and ask the network for a role.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...resource.environment,
    ...localVariables,
  };
}
