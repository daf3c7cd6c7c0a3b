import type { StateMachine } from 'aws-local-stepfunctions';
import * as z from 'zod/mini';
import type { InvokeFunction } from '../lambda/invoke';
import { isRecord } from '../template/is-record';
import type { MachineDefinition } from './definition';
import type { ExecutionEnd } from './execution';

const jsonSchema = z.json();

export interface RunningExecution {
  readonly abort: () => void;
  readonly ended: Promise<ExecutionEnd>;
}

/** Runs one execution of the machine's own definition. */
export type RunMachine = (execution: {
  readonly arn: string;
  readonly name: string;
  readonly input: string;
}) => RunningExecution;

/** The engine's check of a definition takes a third of a second, so only the tests in `test/lib` make it. */
const withoutChecks = { validationOptions: { noValidate: true } };

export async function prepareMachine(
  machine: MachineDefinition,
  functionNamed: (arn: string) => InvokeFunction,
): Promise<RunMachine> {
  polyfillWithResolvers();
  const engineModule = await import('aws-local-stepfunctions');
  if (!isEngineDefinition(machine.definition)) throw new Error(`The definition of ${machine.name} has no states.`);
  const engine = new engineModule.StateMachine(machine.definition, withoutChecks);
  const taskResourceLocalHandlers = Object.fromEntries(
    [...machine.tasks].map(([stateName, functionArn]) => [stateName, asTask(functionNamed(functionArn))]),
  );
  return ({ arn, name, input }) => {
    const { abort, result } = engine.run(jsonSchema.parse(JSON.parse(input)), {
      overrides: { taskResourceLocalHandlers },
      context: { Execution: { Id: arn, Name: name }, StateMachine: { Id: machine.arn, Name: machine.name } },
    });
    return { abort, ended: endOf(result) };
  };
}

/** A failed task rejects with the function's error name, which Retry and Catch match, and Lambda's JSON as cause. */
function asTask(invoke: InvokeFunction) {
  return async (input: unknown) => {
    const result = await invoke(input);
    if (result.ok) return jsonSchema.parse(result.payload);
    const error = new Error(JSON.stringify(result.error));
    error.name = result.error.errorType;
    throw error;
  };
}

async function endOf(result: Promise<unknown>): Promise<ExecutionEnd> {
  try {
    const output = JSON.stringify(await result);
    return { status: 'SUCCEEDED', stoppedAtMs: Date.now(), output };
  } catch (thrown) {
    const stoppedAtMs = Date.now();
    const name = thrown instanceof Error ? thrown.name : '';
    if (name === 'ExecutionAbortedError') return { status: 'ABORTED', stoppedAtMs };
    if (name === 'ExecutionTimeoutError') return { status: 'TIMED_OUT', stoppedAtMs, error: 'States.Timeout' };
    // The engine wraps the error that ended the execution.
    const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : undefined;
    return { status: 'FAILED', stoppedAtMs, error: cause?.name ?? name, cause: cause?.message ?? String(thrown) };
  }
}

/** The engine is written for Node 22. `Promise.withResolvers` is the only thing that it lacks on Node 20. */
function polyfillWithResolvers(): void {
  if ('withResolvers' in Promise) return;
  Object.defineProperty(Promise, 'withResolvers', {
    configurable: true,
    writable: true,
    value: () => {
      const settle = {};
      const promise = new Promise((resolve, reject) => Object.assign(settle, { resolve, reject }));
      return { promise, ...settle };
    },
  });
}

/** `readMachine` has checked the rest of the definition. */
function isEngineDefinition(value: unknown): value is ConstructorParameters<typeof StateMachine>[0] {
  return isRecord(value) && isRecord(value['States']);
}
