import * as z from 'zod/mini';
import { readMachine } from '../machine/definition';
import type { Stack } from '../template/stack';
import { functionNameIn } from './functions';
import type { Caller } from './in-threads';

const mappingSchema = z.object({ FunctionName: z.string() });

/** Tells which part of the stack calls a function. Those that only rules call are counted as called by the API. */
export function callersIn(stack: Stack): (functionName: string) => Caller {
  const byQueue = stack
    .resources('AWS::Lambda::EventSourceMapping')
    .map(({ read }) => functionNameIn(read(mappingSchema).FunctionName));
  const byMachine = stack
    .resources('AWS::StepFunctions::StateMachine')
    .flatMap((resource) => [...readMachine(resource).tasks.values()].map(functionNameIn));
  return (name) => {
    if (byMachine.includes(name)) return 'machine';
    return byQueue.includes(name) ? 'queue' : 'api';
  };
}
