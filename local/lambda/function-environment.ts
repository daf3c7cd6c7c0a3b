import { devNull } from 'node:os';
import type { LocalPlace } from '../template/identities';
import type { FunctionResource } from './function-resource';

/** Where the SDK finds each engine. */
export interface EngineEndpoints {
  readonly table: string;
  readonly queue: string;
  readonly machine: string;
}

export interface EnvironmentSurroundings {
  readonly place: LocalPlace;
  readonly endpoints: EngineEndpoints;
  /** Variables that only this machine has. */
  readonly localVariables: Readonly<Record<string, string>>;
}

/** Lambda's own variables, then where the engines are, then the template's. Nothing of the user's shell gets in. */
export function functionEnvironment(
  resource: FunctionResource,
  { place, endpoints, localVariables }: EnvironmentSurroundings,
): Record<string, string> {
  return {
    AWS_REGION: place.region,
    AWS_DEFAULT_REGION: place.region,
    AWS_LAMBDA_FUNCTION_NAME: resource.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(resource.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.table,
    AWS_ENDPOINT_URL_SQS: endpoints.queue,
    AWS_ENDPOINT_URL_SFN: endpoints.machine,
    // The SDK would read the user's profiles, and in them perhaps an endpoint, and ask the network for a role.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...resource.environment,
    ...localVariables,
  };
}
