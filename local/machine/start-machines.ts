import type { Functions } from '../lambda/functions';
import type { Stack } from '../template/stack';
import { readMachine } from './definition';
import type { Execution } from './execution';
import { startExecutions, type Executions } from './executions';
import { prepareMachine } from './run-machine';

/** Prepares every state machine of the stack to start executions. */
export async function startMachines(
  stack: Stack,
  functions: Functions,
  onStatusChange: (execution: Execution) => void,
): Promise<Executions> {
  const definitions = stack.resources('AWS::StepFunctions::StateMachine').map(readMachine);
  const machines = await Promise.all(
    definitions.map(async (definition) => ({ definition, run: await prepareMachine(definition, functions.named) })),
  );
  return startExecutions(machines, onStatusChange);
}
