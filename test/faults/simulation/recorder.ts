import { AsyncLocalStorage } from 'node:async_hooks';
import type { FunctionName } from '../../../functions/contract/functions';
import { requirePermitted } from '../../support/permitted-writes';
import { ProcessStopped, Transient, type Fault } from '../faults';
import { nameOfCall } from './name-of-call';
import type { Command } from './sdk-command';

/** The parts of a simulation that a call can be sent to. */
export interface CallTarget {
  readonly recorder: Recorder;
  readonly stepFunctions: { handle(command: Command): unknown };
  readonly queue: { handle(command: Command): unknown };
}

/** One Lambda invocation, from its event to its response. */
export interface Invocation {
  readonly simulation: CallTarget;
  readonly functionName: FunctionName;
  stopped: boolean;
  executionLost: boolean;
}

/** Whose calls get faults: a function, or Step Functions where a machine starts an execution itself. */
export type CallerName = FunctionName | 'state machine';

/** A call into which a fault can be injected. */
export interface InjectionPoint {
  readonly functionName: CallerName;
  /** `Update run`, `connect /hook`. */
  readonly call: string;
}

type CallMatcher = (functionName: CallerName, call: string) => boolean;

export interface Injection {
  /** Position of the call among all recorded ones, from 0. */
  readonly index: number;
  readonly point: InjectionPoint;
  readonly fault: Fault;
}

export type Recorder = ReturnType<typeof newRecorder>;

/** The last point of an invocation. If the process stops here, all work is done but the caller gets no response. */
export const sendResponse = 'send response';

/**
 * Numbers the calls of the target functions in the order they are made, and injects a fault into one of them. Calls are
 * discovered rather than listed, so a new call of the product is covered without a change here.
 */
export function newRecorder(targets: readonly CallerName[], injection?: Injection) {
  const points: InjectionPoint[] = [];
  const interruptions: { matches: CallMatcher; act: () => Promise<void> }[] = [];
  const additional: { matches: CallMatcher; fault: Fault; nth: number }[] = [];
  let recording = false;

  function recordCall(functionName: CallerName, name: string): Fault | undefined {
    const additionalFault = takeAdditionalFault(functionName, name);
    if (!recording || !targets.includes(functionName)) return additionalFault;
    points.push({ functionName, call: name });
    return points.length - 1 === injection?.index ? injection.fault : additionalFault;
  }

  function takeAdditionalFault(functionName: CallerName, name: string): Fault | undefined {
    const index = additional.findIndex(({ matches }) => matches(functionName, name));
    const found = additional[index];
    if (found === undefined) return undefined;
    found.nth -= 1;
    if (found.nth > 0) return undefined;
    additional.splice(index, 1);
    return found.fault;
  }

  return {
    points,
    start: () => void (recording = true),
    stop: () => void (recording = false),
    isRecording: (functionName: CallerName) => recording && targets.includes(functionName),
    recordCall,
    /** Injects a fault that is part of the flow itself: into the nth matching call from now on, in every replay. */
    injectFault: (matches: CallMatcher, fault: Fault, nth = 1) => void additional.push({ matches, fault, nth }),
    /** Runs `act` just before the next matching call, once. */
    runBefore: (matches: CallMatcher, act: () => Promise<void>) => void interruptions.push({ matches, act }),
    takeInterruption: (functionName: CallerName, call: string) => {
      const found = interruptions.findIndex(({ matches }) => matches(functionName, call));
      return found === -1 ? undefined : interruptions.splice(found, 1)[0]?.act;
    },
  };
}

const invocations = new AsyncLocalStorage<Invocation>();

/** The invocation that makes the current call; undefined outside of any function. */
export function currentInvocation(): Invocation | undefined {
  return invocations.getStore();
}

/** @throws ProcessStopped if the process stopped before it could respond */
export async function invoke<Result>(
  simulation: CallTarget,
  functionName: FunctionName,
  act: () => Promise<Result>,
): Promise<Result> {
  const invocation: Invocation = { simulation, functionName, stopped: false, executionLost: false };
  return invocations.run(invocation, async () => {
    try {
      const result = await act();
      applyStop(invocation, simulation.recorder.recordCall(functionName, sendResponse));
      if (invocation.stopped) throw new ProcessStopped();
      return result;
    } catch (error) {
      if (invocation.executionLost) throw new ExecutionLost();
      throw invocation.stopped ? new ProcessStopped() : error;
    }
  });
}

export class ExecutionLost extends ProcessStopped {}

/** Marks the invocation as stopped if the fault stops its process. */
function applyStop(invocation: Invocation, fault: Fault | undefined): void {
  if (fault === 'process_stops' || fault === 'execution_lost') invocation.stopped = true;
  if (fault === 'execution_lost') invocation.executionLost = true;
}

/** Records a call that does not go through the SDK. @returns the fault to apply to it */
export function beginNonSdkCall(name: string): Fault | undefined {
  const invocation = invocations.getStore();
  if (invocation === undefined) return undefined;
  if (invocation.stopped) return 'process_stops';
  const fault = invocation.simulation.recorder.recordCall(invocation.functionName, name);
  applyStop(invocation, fault);
  return fault;
}

/**
 * Replaces `send` of an SDK client: each logical call is an injection point, and the SDK's attempts are repeated here
 * without its back-off.
 *
 * @param attempts the number that the product's client is configured with
 */
export function recordedSend(
  attempts: number,
  send: (command: Command, simulation: CallTarget | undefined) => unknown,
) {
  return async (command: Command): Promise<unknown> => {
    const invocation = invocations.getStore();
    if (invocation === undefined) return send(command, undefined);
    const { simulation, functionName } = invocation;
    const call = nameOfCall(command);
    await simulation.recorder.takeInterruption(functionName, call)?.();
    if (invocation.stopped) throw new ProcessStopped();
    if (command.input['TableName'] !== undefined || command.input['RequestItems'] !== undefined)
      requirePermitted(functionName, command);
    const fault = simulation.recorder.recordCall(functionName, call);
    applyStop(invocation, fault);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await sendWithFault(fault, attempt, async () => send(command, simulation));
      } catch (error) {
        if (!(error instanceof Transient) || attempt === attempts) throw error;
      }
    }
  };
}

/** Carries out a call that a machine makes itself. Step Functions sends it once, and its retriers repeat it. */
export async function callOfMachine({ recorder }: Pick<CallTarget, 'recorder'>, act: () => void): Promise<void> {
  const fault = recorder.recordCall('state machine', 'StartExecution');
  if (fault === 'execution_lost') throw new ExecutionLost();
  await sendWithFault(fault, 1, async () => act());
}

async function sendWithFault(
  fault: Fault | undefined,
  attempt: number,
  send: () => Promise<unknown>,
): Promise<unknown> {
  switch (fault) {
    case undefined:
      return send();
    case 'refused':
      throw new Transient('ECONNREFUSED');
    case 'throttled':
      throw new Transient('ThrottlingException');
    case 'response_lost':
      // The lost response may be a refusal too, so its error must not get through.
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
