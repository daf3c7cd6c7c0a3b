import { AsyncLocalStorage } from 'node:async_hooks';
import type { FunctionName } from '../../../functions/contract/functions';
import { ProcessStopped, Transient, type Fault } from '../faults';
import { nameOfCall } from './name-of-call';
import type { Command } from './sdk-command';

/** The part of a simulated product that a call may go to. */
export interface Callable {
  readonly recorder: Recorder;
  readonly stepFunctions: { answer(command: Command): unknown };
  readonly queue: { answer(command: Command): unknown };
}

/** One process at work: a Lambda invocation, from event to answer. */
export interface Invocation {
  readonly world: Callable;
  readonly of: FunctionName;
  stopped: boolean;
  executionLost: boolean;
}

/** A place where something can go wrong. */
export interface Point {
  readonly of: FunctionName;
  readonly call: string;
}

type Picks = (of: FunctionName, call: string) => boolean;

/** What is done to which call. */
export interface Harm {
  readonly at: number;
  readonly point: Point;
  readonly fault: Fault;
}

export type Recorder = ReturnType<typeof newRecorder>;

/** The point after an invocation's last call: everything was done, nobody is told. */
export const answers = 'answers';

/**
 * Numbers the calls of the functions that are walked, in the order they are made, and does harm to one of them. A call
 * nobody listed is a point like any other, so a new call of the product is walked unasked.
 */
export function newRecorder(walked: readonly FunctionName[], harm?: Harm) {
  const points: Point[] = [];
  const interruptions: { when: Picks; act: () => Promise<void> }[] = [];
  const further: { when: Picks; fault: Fault; nth: number }[] = [];
  let recording = false;

  function note(of: FunctionName, name: string): Fault | undefined {
    const given = takeFurther(of, name);
    if (!recording || !walked.includes(of)) return given;
    points.push({ of, call: name });
    return points.length - 1 === harm?.at ? harm.fault : given;
  }

  function takeFurther(of: FunctionName, name: string): Fault | undefined {
    const index = further.findIndex(({ when }) => when(of, name));
    const found = further[index];
    if (found === undefined) return undefined;
    found.nth -= 1;
    if (found.nth > 0) return undefined;
    further.splice(index, 1);
    return found.fault;
  }

  return {
    points,
    start: () => void (recording = true),
    stop: () => void (recording = false),
    walks: (of: FunctionName) => recording && walked.includes(of),
    note,
    /** Harms a call of the story itself: the nth that `when` picks from now on, in every replay. */
    alsoHarm: (when: Picks, fault: Fault, nth = 1) => void further.push({ when, fault, nth }),
    /** Does something else just before the first call that `when` picks. */
    interrupt: (when: Picks, act: () => Promise<void>) => void interruptions.push({ when, act }),
    interruption: (of: FunctionName, call: string) => {
      const found = interruptions.findIndex(({ when }) => when(of, call));
      return found === -1 ? undefined : interruptions.splice(found, 1)[0]?.act;
    },
  };
}

const processes = new AsyncLocalStorage<Invocation>();

/** Whose call is being made; undefined outside of any function. */
export function invocationAtWork(): Invocation | undefined {
  return processes.getStore();
}

/** @throws ProcessStopped when the process ended before it could answer */
export async function invoke<Result>(world: Callable, of: FunctionName, act: () => Promise<Result>): Promise<Result> {
  const invocation: Invocation = { world, of, stopped: false, executionLost: false };
  return processes.run(invocation, async () => {
    try {
      const result = await act();
      stopIf(invocation, world.recorder.note(of, answers));
      if (invocation.stopped) throw new ProcessStopped();
      return result;
    } catch (error) {
      if (invocation.executionLost) throw new ExecutionLost();
      throw invocation.stopped ? new ProcessStopped() : error;
    }
  });
}

export class ExecutionLost extends ProcessStopped {}

/** Only ends of the process make sense of an answer and of a connection about to be made. */
function stopIf(invocation: Invocation, fault: Fault | undefined): void {
  if (fault === 'process_stops' || fault === 'execution_lost') invocation.stopped = true;
  if (fault === 'execution_lost') invocation.executionLost = true;
}

/** Begins a call that does not go through the SDK. @returns what is to be done to it */
export function beginCall(name: string): Fault | undefined {
  const invocation = processes.getStore();
  if (invocation === undefined) return undefined;
  if (invocation.stopped) return 'process_stops';
  const fault = invocation.world.recorder.note(invocation.of, name);
  stopIf(invocation, fault);
  return fault;
}

/**
 * What a client does with a command: every logical call may be a point of failure, and the SDK's attempts are played
 * here, without its waits.
 *
 * @param attempts as many as the product's client makes
 */
export function recordedSend(attempts: number, send: (command: Command, world: Callable | undefined) => unknown) {
  return async (command: Command): Promise<unknown> => {
    const invocation = processes.getStore();
    if (invocation === undefined) return send(command, undefined);
    const { world, of } = invocation;
    const call = nameOfCall(command);
    await world.recorder.interruption(of, call)?.();
    if (invocation.stopped) throw new ProcessStopped();
    const fault = world.recorder.note(of, call);
    stopIf(invocation, fault);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await harmed(fault, attempt, async () => send(command, world));
      } catch (error) {
        if (!(error instanceof Transient) || attempt === attempts) throw error;
      }
    }
  };
}

async function harmed(fault: Fault | undefined, attempt: number, send: () => Promise<unknown>): Promise<unknown> {
  switch (fault) {
    case undefined:
      return send();
    case 'refused':
      throw new Transient('ECONNREFUSED');
    case 'throttled':
      throw new Transient('ThrottlingException');
    case 'answer_lost':
      // Also the answer that it was refused.
      await send().catch(() => undefined);
      throw new Transient('ECONNRESET');
    case 'timed_out':
      if (attempt > 1) return send();
      await send().catch(() => undefined);
      throw new Transient('TimeoutError');
    case 'process_stops':
    case 'execution_lost':
      throw new ProcessStopped();
  }
}
