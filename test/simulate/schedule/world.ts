import { functionLimits } from '../../../functions/contract/functions';
import type { Choices } from './choices';
import { faultsOfAnswers, faultsOfRequests, ProcessDied, slowSeconds, type Fault } from './fault';
import { hit } from './hit';
import { nameOf, type Invocation } from './invocation';
import { newSteps } from './steps';
import type { Tell } from './told';

interface WorldDeps {
  readonly choices: Choices;
  readonly startMs: number;
  readonly tell?: Tell | undefined;
  /** Is called for every call, with the fault that hit it. */
  readonly cover?: ((functionName: string, call: string, fault: Fault | undefined) => void) | undefined;
}

export type World = ReturnType<typeof newWorld>;

/** Operators are people, and a state machine waits: they may take long, and no timeout ends them. */
const patientSeconds = 3600;

/**
 * One deployment in virtual time. Every await of the product on a table, a queue, Step Functions, a socket or a clock ends
 * here, and `choices` decides what goes on next and what becomes of it. Nothing else does: there is no real time, no
 * input and no randomness, so the same choices give the same schedule.
 */
export function newWorld({ choices, startMs, tell, cover }: WorldDeps) {
  const steps = newSteps(choices, startMs, tell);
  const { note, plan, nowMs } = steps;
  let invoked = 0;

  const later = (label: string, act: () => void, owner: Invocation | undefined) =>
    plan(nowMs() + slowSeconds[choices.among(slowSeconds.length)]! * 1000, label, act, owner);

  /** Decides which of these faults hits a call of this invocation. */
  function faultOf(by: Invocation, name: string, possible: readonly Fault[]): Fault | undefined {
    const fault = possible[choices.rarely(steps.chaos().faults, possible.length) - 1];
    cover?.(by.functionName, name, fault);
    if (tell !== undefined && fault === undefined) note('call', nameOf(by), name);
    if (fault !== undefined) {
      by.faults += 1;
      note('fault', nameOf(by), `${name}: ${fault}`);
    }
    return fault;
  }

  /**
   * Carries out a call of the current invocation when the schedule comes to it. A dead process gets no answer.
   *
   * @param attempts how often the SDK sends the request
   */
  function call<Result>(name: string, perform: (by: Invocation) => Result, attempts: number): Promise<Result> {
    const by = steps.goingOn();
    if (by === undefined) throw new Error(`${name} was called outside of a function`);
    return new Promise((resolve, reject) => {
      if (by.isDead) return;
      const answer = (act: () => Result) => {
        if (by.isDead) return;
        try {
          resolve(act());
        } catch (error) {
          reject(asError(error));
        }
      };
      const request = { attempts, perform: () => perform(by), answer };
      const go = () => {
        const fault = faultOf(by, name, faultsOfRequests);
        if (fault === undefined) {
          answer(request.perform);
          return;
        }
        hit(fault, request, {
          later: (act) => later(`${nameOf(by)}: ${name}`, act, by),
          abandon: () => steps.abandon(name, by, request.perform),
          die: by.die,
        });
      };
      steps.add({ label: name, owner: by, go, perform: request.perform });
    });
  }

  /**
   * Runs `act` as one invocation of a function. What it leaves undone when it answers goes on, as it does in a process of
   * Lambda that is called again.
   *
   * @param tenantIds the tenants whose rows it may touch; undefined if all
   * @throws ProcessDied if its process died, or its answer was lost
   */
  function invoke<Result>(
    functionName: Invocation['functionName'],
    tenantIds: readonly string[] | undefined,
    act: (invocation: Invocation) => Promise<Result>,
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      const invocation = newInvocation(functionName, tenantIds, reject);
      const finish = (give: () => void) => {
        const go = () => {
          if (!end(invocation)) return;
          invocation.endedStep = steps.step();
          const fault = faultOf(invocation, 'answer', faultsOfAnswers);
          if (fault === undefined) give();
          else if (fault === 'answered_late') later(`${nameOf(invocation)}: answer`, give, undefined);
          else reject(new ProcessDied());
        };
        steps.add({ label: 'answer', owner: invocation, go });
      };
      const begin = () => {
        note('begin', nameOf(invocation), 'begins');
        act(invocation).then(
          (result) => finish(() => resolve(result)),
          (error: unknown) => finish(() => reject(asError(error))),
        );
      };
      steps.add({ label: 'begin', owner: invocation, go: begin });
    });
  }

  function newInvocation(
    functionName: Invocation['functionName'],
    tenantIds: readonly string[] | undefined,
    fail: (error: Error) => void,
  ): Invocation {
    const seconds =
      functionName === 'operator' || functionName === 'state machine'
        ? patientSeconds
        : functionLimits[functionName].timeoutSeconds;
    const invocation: Invocation = {
      functionName,
      number: (invoked += 1),
      tenantIds,
      endsMs: nowMs() + seconds * 1000,
      beganMs: nowMs(),
      beganStep: steps.step(),
      endedStep: undefined,
      faults: 0,
      isDead: false,
      die: () => {
        if (!end(invocation)) return;
        invocation.isDead = true;
        steps.abandonAll(invocation);
        fail(new ProcessDied());
      },
    };
    steps.live.add(invocation);
    return invocation;
  }

  /** @returns false if it has ended before */
  function end(invocation: Invocation): boolean {
    steps.leave();
    return steps.live.delete(invocation);
  }

  return {
    choices,
    nowMs,
    now: () => new Date(nowMs()),
    step: steps.step,
    goingOn: steps.goingOn,
    nextMs: steps.nextMs,
    call,
    invoke,
    plan,
    note,
    /** Ends after so many milliseconds of virtual time, unless the process that waits dies. */
    sleep: (ms: number): Promise<void> => {
      const owner = steps.goingOn();
      return new Promise((resolve) => {
        const wake = () => {
          if (owner?.isDead !== true) resolve();
        };
        plan(nowMs() + ms, 'wait', wake, owner);
      });
    },
    setChaos: steps.setChaos,
    run: steps.run,
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
