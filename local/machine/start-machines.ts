import type { Functions } from '../lambda/functions';
import type { Stack } from '../template/stack';
import { readMachine } from './definition';
import type { Execution } from './execution';
import { startExecutions, type Executions } from './executions';
import { prepareMachine } from './run-machine';

/** Prepares every state machine of the stack to start executions. */
export function startMachines(
  stack: Stack,
  functions: Functions,
  onStatusChange: (execution: Execution) => void,
): Executions {
  const definitions = stack.resources('AWS::StepFunctions::StateMachine').map(readMachine);
  const machines = definitions.map((definition) => ({ definition, run: prepareMachine(definition, functions.named) }));
  return startExecutions(machines, onStatusChange);
}
