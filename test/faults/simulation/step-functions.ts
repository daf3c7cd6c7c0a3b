import { machineTimeoutSeconds } from '../../../functions/contract/machine';
import type { Engine } from '../../../functions/domain/run/run';
import { runLoop } from '../../../lib/run/loop';
import { ExecutionLost } from './recorder';
import { after, type Schedule } from './schedule';
import type { Command } from './sdk-command';

export interface Execution {
  readonly machine: Engine;
  readonly name: string;
  readonly input: string;
  readonly startedAt: Date;
  state: string;
  data: Record<string, unknown>;
  failures: number;
  /** States entered: what Standard charges for. */
  transitions: number;
  /** When it goes on, while it waits. */
  playsAt: Date;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'LOST';
}

/** What the definition uses of the language; anything else would stop the harness, not pass it. */
type State =
  | { Type: 'Task'; Retry: { IntervalSeconds: number; BackoffRate: number; MaxAttempts: number }[]; Next: string }
  | { Type: 'Choice'; Choices: { Variable: string; StringEquals: string; Next: string }[] }
  | { Type: 'Wait'; SecondsPath: string; Next: string }
  | { Type: 'Succeed' | 'Fail' };

interface Surroundings {
  readonly schedule: Schedule;
  readonly runSegment: (input: unknown) => Promise<unknown>;
  /** EventBridge's rule: a Standard execution did not succeed. */
  readonly onInterrupted: (status: string, input: string) => Promise<void>;
}

export type StepFunctions = ReturnType<typeof stepFunctions>;

/** Both machines, playing the very definition that is deployed: Express repeats what it is asked, Standard guards its names. */
export function stepFunctions({ schedule, runSegment, onInterrupted }: Surroundings) {
  const executions: Execution[] = [];
  const definition = runLoop('run-segment', 0);
  const states = definition.States as Record<string, State>;

  function start(machine: Engine, name: string, input: string): void {
    const taken = executions.find((other) => other.machine === 'standard' && other.name === name);
    if (machine === 'standard' && taken !== undefined) {
      if (taken.status === 'RUNNING' && taken.input === input) return;
      throw refusal('ExecutionAlreadyExists');
    }
    const data = JSON.parse(input) as Execution['data'];
    const startedAt = schedule.now();
    resume({
      machine,
      name,
      input,
      startedAt,
      data,
      state: definition.StartAt,
      failures: 0,
      transitions: 0,
      playsAt: startedAt,
      status: 'RUNNING',
    });
  }

  function resume(execution: Execution): void {
    executions.push(execution);
    playAt(execution, execution.playsAt);
  }

  function playAt(execution: Execution, time: Date): void {
    execution.playsAt = time;
    schedule.at(time, () => play(execution));
  }

  /** Goes on until it waits or ends. */
  async function play(execution: Execution): Promise<void> {
    while (execution.status === 'RUNNING') {
      const timeoutMs = machineTimeoutSeconds[execution.machine] * 1000;
      if (schedule.now().getTime() - execution.startedAt.getTime() > timeoutMs) return end(execution, 'TIMED_OUT');
      const state = states[execution.state]!;
      execution.transitions += 1;
      switch (state.Type) {
        case 'Task':
          if (!(await perform(execution, state.Retry[0]!))) return;
          execution.state = state.Next;
          break;
        case 'Choice':
          execution.state = state.Choices.find(
            ({ Variable, StringEquals }) => execution.data[Variable.slice(2)] === StringEquals,
          )!.Next;
          break;
        case 'Wait':
          execution.state = state.Next;
          playAt(execution, after(schedule, Number(execution.data[state.SecondsPath.slice(2)])));
          return;
        case 'Succeed':
          return end(execution, 'SUCCEEDED');
        case 'Fail':
          return end(execution, 'FAILED');
      }
    }
  }

  /** False when the task is tried again later, or never. */
  async function perform(
    execution: Execution,
    retry: { IntervalSeconds: number; BackoffRate: number; MaxAttempts: number },
  ) {
    try {
      execution.data = (await runSegment(execution.data)) as Execution['data'];
      execution.failures = 0;
      return true;
    } catch (error) {
      if (error instanceof ExecutionLost) await lose(execution);
      else if (execution.failures >= retry.MaxAttempts) await end(execution, 'FAILED');
      else {
        const seconds = retry.IntervalSeconds * retry.BackoffRate ** execution.failures;
        execution.failures += 1;
        playAt(execution, after(schedule, seconds));
      }
      return false;
    }
  }

  async function end(execution: Execution, status: Execution['status']): Promise<void> {
    if (execution.status !== 'RUNNING') return;
    execution.status = status;
    if (execution.machine === 'standard' && status !== 'SUCCEEDED') await onInterrupted(status, execution.input);
  }

  /** Nobody hears of a lost Express execution; Standard reports its own end. */
  function lose(execution: Execution): Promise<void> {
    return end(execution, execution.machine === 'standard' ? 'ABORTED' : 'LOST');
  }

  return {
    executions,
    resume,
    lose,
    answer({ constructor, input }: Command): unknown {
      const asked = input as { stateMachineArn: string; name: string; input: string; executionArn: string };
      if (constructor.name === 'StartExecutionCommand') {
        start(asked.stateMachineArn.endsWith('standard') ? 'standard' : 'express', asked.name, asked.input);
        return { executionArn: `${asked.stateMachineArn}:${asked.name}`, startDate: schedule.now() };
      }
      const execution = executions.find(({ name }) => asked.executionArn.endsWith(`:${name}`));
      if (execution === undefined) throw refusal('ExecutionDoesNotExist');
      schedule.at(schedule.now(), () => end(execution, 'ABORTED'));
      return { stopDate: schedule.now() };
    },
  };
}

function refusal(name: 'ExecutionAlreadyExists' | 'ExecutionDoesNotExist'): Error {
  return Object.assign(new Error(name), { name });
}
