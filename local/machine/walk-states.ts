import { setTimeout as sleep } from 'node:timers/promises';
import { isRecord } from '../template/is-record';
import { callTask, type CallTask } from './call-task';
import type { Choice, Definition } from './definition';
import { fillIn, valueAt, type ExecutionContext, type Path } from './parameters';
import { StatesFailure } from './states-failure';

/**
 * Performs an execution from the first state to its end, in real time.
 *
 * @returns the output of the execution
 * @throws {StatesFailure} when the execution fails
 */
export async function walkStates(
  { StartAt, States }: Definition,
  { firstInput, context }: { readonly firstInput: unknown; readonly context: ExecutionContext },
  call: CallTask,
  signal: AbortSignal,
): Promise<unknown> {
  let data = firstInput;
  let name = StartAt;
  for (;;) {
    signal.throwIfAborted();
    const state = States[name];
    if (state === undefined) throw new StatesFailure('States.Runtime', `There is no state "${name}".`);
    if (state.Type === 'Succeed') return data;
    if (state.Type === 'Fail') throw new StatesFailure(state.Error, state.Cause);
    if (state.Type === 'Choice') {
      name = chosenBy(state, data);
      continue;
    }
    if (state.Type === 'Task') {
      const input = state.Parameters === undefined ? data : fillIn(state.Parameters, data, context);
      data = await callTask(state, () => call(name, input), signal);
    } else if (state.Type === 'Pass')
      data = withResult(data, state.ResultPath, fillIn(state.Parameters, data, context));
    else await sleep(secondsAt(state.SecondsPath, data) * 1000, undefined, { signal });
    name = state.Next;
  }
}

function chosenBy({ Choices, Default }: Choice, data: unknown): string {
  const next = Choices.find(({ Variable, StringEquals }) => valueAt(Variable, data) === StringEquals)?.Next ?? Default;
  if (next === undefined)
    throw new StatesFailure('States.NoChoiceMatched', 'No choice matched, and there is no default.');
  return next;
}

function secondsAt(path: Path, data: unknown): number {
  const seconds = valueAt(path, data);
  if (typeof seconds !== 'number' || seconds < 0)
    throw new StatesFailure('States.Runtime', `${path} is no time to wait.`);
  return seconds;
}

function withResult(data: unknown, path: Path, result: unknown): unknown {
  return { ...(isRecord(data) ? data : {}), [path.slice('$.'.length)]: result };
}
