import type { SegmentInput } from '../../functions/contract/machine';
import { runLoop } from '../../lib/run/loop';
import type { TestClock } from '../support/start-run';

/** The states that an execution entered, and how it ended. */
export interface ExecutionTrace {
  /** Names of the states entered, in order. Standard charges for each. */
  readonly states: string[];
  readonly end: 'Succeed' | 'Fail';
}

/**
 * Runs the definition of the Standard machine. The clock advances only in its Wait states.
 *
 * @param segment the function behind the Task state
 */
export async function walk(
  input: SegmentInput,
  segment: (input: any) => Promise<object>,
  clock: TestClock,
): Promise<ExecutionTrace> {
  const { StartAt, States } = runLoop({ segmentFunctionArn: 'run-segment', partition: 'aws' }, 'standard');
  const states: string[] = [];
  let data: Record<string, any> = { ...input };
  for (let name = StartAt; ;) {
    const state: any = States[name];
    states.push(name);
    switch (state.Type) {
      case 'Task':
        data = { ...(await segment(structuredClone(data))) };
        break;
      case 'Wait':
        clock.advance(at(data, state.SecondsPath));
        break;
      case 'Choice':
        name = state.Choices.find((choice: any) => at(data, choice.Variable) === choice.StringEquals).Next;
        continue;
      default:
        return { states, end: state.Type };
    }
    name = state.Next;
  }
}

/** A reference path of one level, such as `$.wait_seconds`. */
function at(data: Record<string, any>, path: string): any {
  return data[path.slice('$.'.length)];
}
