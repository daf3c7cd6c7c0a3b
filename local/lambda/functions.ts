import { devNull } from 'node:os';
import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import type { LocalPlace } from '../template/identities';
import type { Stack } from '../template/stack';
import { readFunction, type FunctionResource } from './function-resource';
import type { InvokeFunction } from './invoke';
import { loadHandler } from './load-handler';
import { startFunction } from './start-function';

export interface RunningFunction {
  readonly invoke: InvokeFunction;
  /** The template's variables. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface Functions {
  /** By name, by ARN, or by the invocation URI that API Gateway uses. */
  readonly named: (target: string) => InvokeFunction;
  /** By the name in `functions/`, such as `recover-runs`. */
  readonly fromFolder: (folder: string) => RunningFunction;
}

/** Where the SDK finds each engine. */
export interface EngineEndpoints {
  readonly table: string;
  readonly queue: string;
  readonly machine: string;
}

export interface FunctionSurroundings {
  readonly projectFolder: string;
  readonly place: LocalPlace;
  readonly endpoints: EngineEndpoints;
  /** Variables that only this machine has. */
  readonly localVariables: Readonly<Record<string, string>>;
  readonly log: Writable;
  readonly onError: (functionName: string, errorType: string, errorMessage: string) => void;
}

/** Loads every function of the stack. */
export function startFunctions(stack: Stack, surroundings: FunctionSurroundings): Functions {
  const { projectFolder, log, onError } = surroundings;
  const functions = stack.resources('AWS::Lambda::Function').flatMap((stackResource) => {
    const resource = readFunction(stackResource);
    if (!resource) return [];
    const environment = environmentOf(resource, surroundings);
    const handler = loadHandler(resolve(projectFolder, resource.entry), resource.exportName, { environment, log });
    const invoke = startFunction(resource, handler);
    const invokeLogged: InvokeFunction = async (event) => {
      const result = await invoke(event);
      if (!result.ok) onError(resource.name, result.error.errorType, result.error.errorMessage);
      return result;
    };
    return [{ resource, invoke: invokeLogged }];
  });

  function find(what: string, matches: (resource: FunctionResource) => boolean): RunningFunction {
    const found = functions.find(({ resource }) => matches(resource));
    if (!found) throw new Error(`The stack has no function ${what}.`);
    return { invoke: found.invoke, environment: found.resource.environment };
  }

  return {
    named: (target) => {
      const name = /(?:^|:function:)([^:/]+)(?:\/invocations)?$/.exec(target)?.[1];
      return find(target, (resource) => resource.name === name).invoke;
    },
    fromFolder: (folder) => find(folder, ({ entry }) => entry.split(/[/\\]/).includes(folder)),
  };
}

/** Lambda's own variables, then where the engines are, then the template's. Nothing of the user's shell gets in. */
function environmentOf(resource: FunctionResource, surroundings: FunctionSurroundings): Record<string, string> {
  const { place, endpoints, localVariables } = surroundings;
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
