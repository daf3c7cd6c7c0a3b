import { resolve } from 'node:path';
import type { Stack } from '../template/stack';
import { functionEnvironment, type EnvironmentOptions } from './function-environment';
import { readFunction, type FunctionResource } from './function-resource';
import type { InvokeFunction } from './invoke';
import type { LoadFunction } from './loadable';

export interface RunningFunction {
  readonly invoke: InvokeFunction;
  /** The environment variables in the template. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface Functions {
  /** Finds a function by name, by its own or an alias' ARN, or by the invocation URI that API Gateway uses. */
  readonly named: (target: string) => InvokeFunction;
  /** Finds a function by its folder in `functions/`, such as `recover-runs`. */
  readonly fromFolder: (folder: string) => RunningFunction;
}

export interface FunctionOptions extends EnvironmentOptions {
  readonly projectFolder: string;
  readonly load: LoadFunction;
  readonly onError: (functionName: string, errorType: string, errorMessage: string) => void;
}

/** Loads every function of the stack. */
export function startFunctions(stack: Stack, options: FunctionOptions): Functions {
  const { projectFolder, load, onError } = options;
  const functions = stack.resources('AWS::Lambda::Function').flatMap((stackResource) => {
    const resource = readFunction(stackResource);
    if (!resource) return [];
    const environment = functionEnvironment(resource, options);
    const invoke = load({ resource, bundleFile: resolve(projectFolder, resource.entry), environment });
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
      const name = functionNameIn(target);
      return find(target, (resource) => resource.name === name).invoke;
    },
    fromFolder: (folder) => find(folder, ({ entry }) => entry.split(/[/\\]/).includes(folder)),
  };
}

/** The name of the function in its ARN, in that of an alias, or in an invocation URI of API Gateway. */
export function functionNameIn(target: string): string | undefined {
  return /(?:^|:function:)([^:/]+)(?::[\w-]+)?(?:\/invocations)?$/.exec(target)?.[1];
}
