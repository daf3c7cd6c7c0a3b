import type { Functions } from '../lambda/functions';
import type { Stack } from '../template/stack';
import { readMachine, startsExecutions } from './definition';
import type { Execution } from './execution';
import { startExecutions, type Executions } from './executions';
import { prepareMachine } from './run-machine';
import { startExecutionTask } from './next-execution';

/** Prepares every state machine of the stack to start executions. */
export function startMachines(
  stack: Stack,
  functions: Functions,
  onStatusChange: (execution: Execution) => void,
): Executions {
  const definitions = stack.resources('AWS::StepFunctions::StateMachine').map(readMachine);
  const startNext = startExecutionTask((...request) => executions.start(...request));
  const taskOf = (arn: string) => (startsExecutions(arn) ? startNext : functions.named(arn));
  const machines = definitions.map((definition) => ({ definition, run: prepareMachine(definition, taskOf) }));
  const executions = startExecutions(machines, onStatusChange);
  return executions;
}
