import type { SegmentInput } from '../../functions/contract/machine';
import { runLoop } from '../../lib/run/loop';
import type { TestClock } from '../support/start-run';

/** How an execution went, state by state. */
export interface Walked {
  /** Names of the states entered, in order: what Standard charges for. */
  readonly states: string[];
  readonly end: 'Succeed' | 'Fail';
}

/**
 * Walks the deployed definition with a clock that only waiting moves.
 *
 * @param segment the task
 */
export async function walk(
  input: SegmentInput,
  segment: (input: any) => Promise<object>,
  clock: TestClock,
): Promise<Walked> {
  const { StartAt, States } = runLoop('arn:aws:lambda:eu-west-1:111122223333:function:Segment', 2400);
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
        name = state.Choices.find((one: any) => at(data, one.Variable) === one.StringEquals).Next;
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
