import { randomUUID } from 'node:crypto';
import type { MachineDefinition } from './definition';
import type { Execution } from './execution';
import type { RunMachine, RunningExecution } from './run-machine';

/** An error of the Step Functions API, with its error code. */
export class StatesRefusal extends Error {
  override readonly name = 'StatesRefusal';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export interface Machine {
  readonly definition: MachineDefinition;
  readonly run: RunMachine;
}

export type Executions = ReturnType<typeof startExecutions>;

/** Number of closed executions to keep, so that names stay taken and DescribeExecution works. AWS keeps 90 days. */
const closedLimit = 10_000;

/**
 * The executions of all state machines. They are kept in memory, because after a restart recovery finds the interrupted
 * runs in the table's index `open`. Only Standard executions can be described and emit status changes: AWS too keeps
 * neither the name nor the state of an Express execution.
 */
export function startExecutions(machines: readonly Machine[], onStatusChange: (execution: Execution) => void) {
  const known = new Map<string, Execution>();
  const closed: string[] = [];
  const running = new Map<string, RunningExecution>();

  function begin({ definition, run }: Machine, name: string, input: string): Execution {
    const execution: Execution = {
      arn: executionArn(definition, name),
      name,
      machineArn: definition.arn,
      input,
      startedAtMs: Date.now(),
      end: undefined,
    };
    const isStandard = definition.type === 'STANDARD';
    const started = run(input, execution.arn);
    running.set(execution.arn, started);
    if (isStandard) {
      known.set(execution.arn, execution);
      onStatusChange(execution);
    }
    void started.ended.then((end) => {
      running.delete(execution.arn);
      if (isStandard) close({ ...execution, end });
    });
    return execution;
  }

  function close(execution: Execution): void {
    known.set(execution.arn, execution);
    closed.push(execution.arn);
    if (closed.length > closedLimit) known.delete(closed.shift() ?? '');
    onStatusChange(execution);
  }

  function standardExecution(arn: string): Execution {
    if (arn.includes(':express:')) {
      throw new StatesRefusal('InvalidArn', "Invalid Arn: 'Resource type not valid in this context: express'");
    }
    const execution = known.get(arn);
    if (!execution) throw new StatesRefusal('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return execution;
  }

  return {
    /**
     * For a Standard machine, starting with the name and input of an open execution returns that execution, and any
     * other use of a known name is refused.
     */
    start(machineArn: string, name: string = randomUUID(), input = '{}'): Execution {
      const machine = machines.find(({ definition }) => definition.arn === machineArn);
      if (!machine)
        throw new StatesRefusal('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machineArn}'`);
      checkInput(input);
      if (!/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u.test(name)) {
        throw new StatesRefusal('InvalidName', `Invalid Name: '${name}'`);
      }
      const existing = known.get(executionArn(machine.definition, name));
      if (!existing) return begin(machine, name, input);
      if (!existing.end && existing.input === input) return existing;
      throw new StatesRefusal('ExecutionAlreadyExists', `Execution Already Exists: '${existing.arn}'`);
    },

    describe: standardExecution,

    async stop(arn: string): Promise<Execution> {
      standardExecution(arn);
      const started = running.get(arn);
      started?.abort();
      await started?.ended;
      return standardExecution(arn);
    },

    /** Aborts all executions without status changes, because the process is about to end. */
    abandon(): void {
      for (const { abort } of running.values()) abort();
    },
  };
}

function executionArn({ arn, type }: MachineDefinition, name: string): string {
  return type === 'STANDARD'
    ? `${arn.replace(':stateMachine:', ':execution:')}:${name}`
    : `${arn.replace(':stateMachine:', ':express:')}:${name}:${randomUUID()}`;
}

function checkInput(input: string): void {
  // docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
  if (Buffer.byteLength(input) > 262_144) throw new StatesRefusal('InvalidExecutionInput', 'The input is over 256 KiB');
  try {
    JSON.parse(input);
  } catch {
    throw new StatesRefusal('InvalidExecutionInput', `Invalid State Machine Execution Input: '${input.slice(0, 100)}'`);
  }
}
