import type { InvokeFunction } from '../lambda/invoke';
import type { MachineDefinition } from './definition';
import type { ExecutionEnd } from './execution';
import { StatesFailure } from './states-failure';
import { walkStates } from './walk-states';

export interface RunningExecution {
  readonly abort: () => void;
  readonly ended: Promise<ExecutionEnd>;
}

/** Runs one execution of the machine's own definition. */
export type RunMachine = (input: string, executionArn: string) => RunningExecution;

/** @param taskOf what a task with this ARN calls */
export function prepareMachine(
  { arn, definition, tasks }: MachineDefinition,
  taskOf: (arn: string) => InvokeFunction,
): RunMachine {
  const calls = new Map([...tasks].map(([stateName, resource]) => [stateName, taskOf(resource)]));
  const call = (stateName: string, input: unknown) => {
    const invoke = calls.get(stateName);
    if (invoke === undefined) throw new Error(`The state "${stateName}" calls nothing.`);
    return invoke(input);
  };
  return (input, executionArn) => {
    const context = { '$$.Execution.Id': executionArn, '$$.StateMachine.Id': arn };
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort('TIMED_OUT'), definition.TimeoutSeconds * 1000);
    const walked = walkStates(definition, { firstInput: JSON.parse(input), context }, call, ending.signal);
    const ended = endOf(walked, ending.signal).finally(() => clearTimeout(timer));
    return { abort: () => ending.abort('ABORTED'), ended };
  };
}

async function endOf(walked: Promise<unknown>, ending: AbortSignal): Promise<ExecutionEnd> {
  try {
    const output = JSON.stringify(await Promise.race([walked, cutShort(ending)]));
    return { status: 'SUCCEEDED', stoppedAtMs: Date.now(), output };
  } catch (thrown) {
    const stoppedAtMs = Date.now();
    if (ending.aborted && ending.reason === 'TIMED_OUT')
      return { status: 'TIMED_OUT', stoppedAtMs, error: 'States.Timeout' };
    if (ending.aborted) return { status: 'ABORTED', stoppedAtMs };
    const { name, message } =
      thrown instanceof StatesFailure ? thrown : new StatesFailure('States.Runtime', String(thrown));
    return { status: 'FAILED', stoppedAtMs, error: name, cause: message };
  }
}

/** Ends an execution at once, without waiting for a call that is under way. */
function cutShort(ending: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    ending.addEventListener('abort', () => reject(new Error('The execution was ended.')), { once: true }),
  );
}
