import { fillIn, type Parameters } from '../../../local/machine/parameters';
import { machineTimeoutSeconds } from '../../../functions/contract/machine';
import type { Engine } from '../../../functions/domain/run/run';
import { runLoop } from '../../../lib/run/loop';
import { ExecutionLost } from './recorder';
import { after, type Schedule } from './schedule';
import type { Command } from './sdk-command';

export interface Execution {
  readonly machine: Engine;
  readonly name: string;
  readonly id: string;
  readonly input: string;
  readonly startedAt: Date;
  state: string;
  data: Record<string, unknown>;
  failures: number;
  /** Number of states entered, which is what Standard charges for. */
  transitions: number;
  /** When the execution resumes, while it waits; then when it ended. */
  resumesAt: Date;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'LOST';
}

interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds: number;
  BackoffRate: number;
  MaxDelaySeconds?: number;
  MaxAttempts: number;
}

/** The part of Amazon States Language that the definition uses. Anything else fails the replay. */
type State =
  | { Type: 'Task'; Resource: string; Parameters?: Parameters; Retry: Retrier[]; Next: string }
  | { Type: 'Pass'; Parameters: Parameters; ResultPath: string; Next: string }
  | { Type: 'Choice'; Choices: { Variable: string; StringEquals: string; Next: string }[] }
  | { Type: 'Wait'; SecondsPath: string; Next: string }
  | { Type: 'Succeed' | 'Fail' };

interface StepFunctionsDeps {
  readonly schedule: Pick<Schedule, 'now' | 'at'>;
  readonly runSegment: (input: unknown) => Promise<unknown>;
  /** Carries out a call of StartExecution that a machine makes itself. */
  readonly startNext: (start: () => void) => Promise<void>;
  /** Called as EventBridge calls its target when a Standard execution ends without success. */
  readonly onInterrupted: (status: string, input: string) => Promise<void>;
}

export type StepFunctions = ReturnType<typeof stepFunctions>;

/**
 * Simulates both state machines with the definition that is deployed. Express starts an execution for each request,
 * Standard refuses a name that is already used.
 */
export function stepFunctions({ schedule, runSegment, startNext, onInterrupted }: StepFunctionsDeps) {
  const executions: Execution[] = [];

  function start(machine: Engine, name: string, input: string): void {
    const taken = executions.find((other) => other.machine === 'standard' && other.name === name);
    if (machine === 'standard' && taken !== undefined) {
      if (taken.status === 'RUNNING' && taken.input === input) return;
      throw sdkError('ExecutionAlreadyExists');
    }
    const data = JSON.parse(input) as Execution['data'];
    const startedAt = schedule.now();
    resume({
      machine,
      name,
      id: `${name} ${executions.length}`,
      input,
      startedAt,
      data,
      state: definitions[machine].StartAt,
      failures: 0,
      transitions: 0,
      resumesAt: startedAt,
      status: 'RUNNING',
    });
  }

  function resume(execution: Execution): void {
    executions.push(execution);
    resumeAt(execution, execution.resumesAt);
  }

  function resumeAt(execution: Execution, time: Date): void {
    execution.resumesAt = time;
    schedule.at(time, () => advance(execution));
  }

  /** Runs states until the execution waits or ends. */
  async function advance(execution: Execution): Promise<void> {
    while (execution.status === 'RUNNING') {
      const timeoutMs = machineTimeoutSeconds[execution.machine] * 1000;
      if (schedule.now().getTime() - execution.startedAt.getTime() > timeoutMs) return end(execution, 'TIMED_OUT');
      const state = definitions[execution.machine].States[execution.state]!;
      execution.transitions += 1;
      switch (state.Type) {
        case 'Task':
          if (!(await runTask(execution, state))) return;
          execution.state = state.Next;
          break;
        case 'Pass':
          execution.data[state.ResultPath.slice(2)] = filledIn(execution, state.Parameters);
          execution.state = state.Next;
          break;
        case 'Choice':
          execution.state = state.Choices.find(
            ({ Variable, StringEquals }) => execution.data[Variable.slice(2)] === StringEquals,
          )!.Next;
          break;
        case 'Wait':
          execution.state = state.Next;
          resumeAt(execution, after(schedule, Number(execution.data[state.SecondsPath.slice(2)])));
          return;
        case 'Succeed':
          return end(execution, 'SUCCEEDED');
        case 'Fail':
          return end(execution, 'FAILED');
      }
    }
  }

  /** @returns false if the task failed: it is retried later, or the execution has ended */
  async function runTask(execution: Execution, task: State & { Type: 'Task' }) {
    try {
      execution.data = (await perform(execution, task)) as Execution['data'];
      execution.failures = 0;
      return true;
    } catch (error) {
      if (error instanceof ExecutionLost) await lose(execution);
      else await repeatTask(execution, retrierOf(task.Retry, error));
      return false;
    }
  }

  async function perform(execution: Execution, { Resource, Parameters }: State & { Type: 'Task' }): Promise<unknown> {
    if (Parameters === undefined) return runSegment(execution.data);
    if (!Resource.endsWith(':states:startExecution')) throw new Error(`There is no task ${Resource}`);
    const { Name, Input } = filledIn(execution, Parameters);
    await startNext(() => start(execution.machine, String(Name), JSON.stringify(Input)));
    return {};
  }

  /** Counts all failures of one visit together; the retriers of the definition do not share one. */
  async function repeatTask(execution: Execution, retrier: Retrier): Promise<void> {
    if (execution.failures >= retrier.MaxAttempts) return end(execution, 'FAILED');
    const seconds = retrier.IntervalSeconds * retrier.BackoffRate ** execution.failures;
    execution.failures += 1;
    resumeAt(execution, after(schedule, Math.min(seconds, retrier.MaxDelaySeconds ?? Infinity)));
  }

  async function end(execution: Execution, status: Execution['status']): Promise<void> {
    if (execution.status !== 'RUNNING') return;
    execution.status = status;
    execution.resumesAt = schedule.now();
    if (execution.machine === 'standard' && status !== 'SUCCEEDED') await onInterrupted(status, execution.input);
  }

  /** A lost Express execution is not reported; a Standard one is reported as aborted. */
  function lose(execution: Execution): Promise<void> {
    return end(execution, execution.machine === 'standard' ? 'ABORTED' : 'LOST');
  }

  return {
    executions,
    start,
    resume,
    lose,
    handle({ constructor, input }: Command): unknown {
      const request = input as { stateMachineArn: string; name: string; input: string; executionArn: string };
      if (constructor.name === 'StartExecutionCommand') {
        start(request.stateMachineArn.endsWith('standard') ? 'standard' : 'express', request.name, request.input);
        return { executionArn: `${request.stateMachineArn}:${request.name}`, startDate: schedule.now() };
      }
      const execution = executions.find(({ name }) => request.executionArn.endsWith(`:${name}`));
      if (execution === undefined) throw sdkError('ExecutionDoesNotExist');
      schedule.at(schedule.now(), () => end(execution, 'ABORTED'));
      return { stopDate: schedule.now() };
    },
  };
}

function retrierOf(retriers: readonly Retrier[], error: unknown): Retrier {
  const names = [error instanceof Error ? error.name : '', 'States.ALL'];
  return retriers.find(({ ErrorEquals }) => ErrorEquals.some((name) => names.includes(name)))!;
}

function sdkError(name: 'ExecutionAlreadyExists' | 'ExecutionDoesNotExist'): Error {
  return Object.assign(new Error(name), { name });
}

const definitions = { express: definitionOf('express'), standard: definitionOf('standard') };

function definitionOf(engine: Engine) {
  const { StartAt, States } = runLoop({ segmentFunctionArn: 'run-segment', partition: 'aws' }, engine);
  return { StartAt, States: States as unknown as Record<string, State> };
}

function filledIn({ data, id, machine }: Execution, parameters: Parameters): Record<string, unknown> {
  return fillIn(parameters, data, { '$$.Execution.Id': id, '$$.StateMachine.Id': machine });
}
