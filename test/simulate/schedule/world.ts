import { functionLimits } from '../../../functions/contract/functions';
import { agenda } from './agenda';
import { calm, type Chaos } from './chaos';
import type { Choices } from './choices';
import { faultsOfAnswers, faultsOfRequests, ProcessDied, slowSeconds, type Fault } from './fault';
import { hit, outcomeOf } from './hit';
import { nameOf, type Invocation } from './invocation';
import { jumps } from './jumps';
import { lateRequests } from './late-requests';

/** What a trace says of one event of the schedule. */
export interface Told {
  readonly step: number;
  readonly atMs: number;
  /** Of these, `fault`, `jump`, `late` and `reorder` are what a calm schedule lacks. */
  readonly kind: 'act' | 'begin' | 'call' | 'fault' | 'jump' | 'late' | 'reorder';
  readonly who: string;
  readonly what: string;
}

interface WorldDeps {
  readonly choices: Choices;
  readonly startMs: number;
  readonly tell?: ((told: Told) => void) | undefined;
  /** Is called for every call, with the fault that hit it. */
  readonly cover?: ((functionName: string, call: string, fault: Fault | undefined) => void) | undefined;
}

/** Something that can go on now: a call that waits to be carried out, or what has become due. */
interface Ready {
  readonly label: string;
  readonly owner: Invocation | undefined;
  readonly go: () => void;
  /** The request that is already on its way. */
  readonly perform?: () => unknown;
}

export type World = ReturnType<typeof newWorld>;

const realImmediate = setImmediate;
/** Resolves when every promise that can go on has gone on: nothing here waits for anything outside of this process. */
const settled = () => new Promise<void>((resolve) => void realImmediate(resolve));
/** Operators are people: they may take long, and no timeout ends them. */
const operatorSeconds = 3600;
/** The share of steps at which a request whose sender has given up takes effect, if there is one. */
const lateShare = 0.2;

/**
 * One deployment in virtual time. Every await of the product on a table, a queue, Step Functions, a socket or a clock ends
 * here, and `choices` decides what goes on next and what becomes of it. Nothing else does: there is no real time, no
 * input and no randomness, so the same choices give the same schedule.
 */
export function newWorld({ choices, startMs, tell, cover }: WorldDeps) {
  const ready: Ready[] = [];
  const coming = agenda();
  const late = lateRequests();
  const live = new Set<Invocation>();
  let [nowMs, step, invoked] = [startMs, 0, 0];
  let chaos = calm;
  /**
   * The invocation that goes on in this step: everything that runs until the next step is its code. That is known without
   * asynchronous context, because each step lets one thing go on and waits until it waits again.
   */
  let goingOn: Invocation | undefined;

  const note = (kind: Told['kind'], who: string, what: string) => tell?.({ step, atMs: nowMs, kind, who, what });
  const plan = (atMs: number, label: string, begin: () => void, owner?: Invocation) =>
    coming.add({ atMs: Math.max(atMs, nowMs), label, begin, owner });
  const later = (label: string, act: () => void, owner: Invocation | undefined) =>
    plan(nowMs + slowSeconds[choices.among(slowSeconds.length)]! * 1000, label, act, owner);

  /** Decides which of these faults hits a call of this invocation. */
  function faultOf(invocation: Invocation, name: string, possible: readonly Fault[]): Fault | undefined {
    const fault = possible[choices.rarely(chaos.faults, possible.length) - 1];
    cover?.(invocation.functionName, name, fault);
    if (tell !== undefined)
      note(
        fault === undefined ? 'call' : 'fault',
        nameOf(invocation),
        fault === undefined ? name : `${name}: ${fault}`,
      );
    if (fault !== undefined) invocation.faults += 1;
    return fault;
  }

  /**
   * Carries out a call of the current invocation when the schedule comes to it. A dead process gets no answer.
   *
   * @param attempts how often the SDK sends the request
   */
  function call<Result>(name: string, perform: (by: Invocation) => Result, attempts: number): Promise<Result> {
    const by = goingOn;
    if (by === undefined) throw new Error(`${name} was called outside of a function`);
    return new Promise((resolve, reject) => {
      if (by.isDead) return;
      const answer = (act: () => Result) => {
        if (by.isDead) return;
        try {
          resolve(act());
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      const request = { attempts, perform: () => perform(by), answer };
      const go = () => {
        const fault = faultOf(by, name, faultsOfRequests);
        if (fault === undefined) return answer(request.perform);
        const around = {
          later: (act: () => void) => later(`${nameOf(by)}: ${name}`, act, by),
          abandon: () => late.add({ label: name, owner: by, perform: request.perform }, nowMs),
          die: by.die,
        };
        hit(fault, request, around);
      };
      ready.push({ label: name, owner: by, go, perform: request.perform });
    });
  }

  /**
   * Runs `act` as one invocation of a function.
   *
   * @param tenantIds the tenants whose rows it may touch; undefined if all
   * @throws ProcessDied if its process died, or its answer was lost
   */
  function invoke<Result>(
    functionName: Invocation['functionName'],
    tenantIds: readonly string[] | undefined,
    act: (invocation: Invocation) => Promise<Result>,
  ): Promise<Result> {
    const seconds = functionName === 'operator' ? operatorSeconds : functionLimits[functionName].timeoutSeconds;
    return new Promise((resolve, reject) => {
      // What it has left undone goes on, as it does in a process of Lambda that is called again.
      const end = () => {
        // What goes on now is whoever invoked it.
        goingOn = undefined;
        return live.delete(invocation);
      };
      const invocation: Invocation = {
        functionName,
        number: (invoked += 1),
        tenantIds,
        endsMs: nowMs + seconds * 1000,
        beganMs: nowMs,
        beganStep: step,
        endedStep: undefined,
        faults: 0,
        isDead: false,
        die: () => {
          if (!end()) return;
          invocation.isDead = true;
          abandonCallsOf(invocation);
          reject(new ProcessDied());
        },
      };
      const finish = (give: () => void) => {
        const go = () => {
          if (!end()) return;
          invocation.endedStep = step;
          const fault = faultOf(invocation, 'answer', faultsOfAnswers);
          if (fault === undefined) give();
          else if (fault === 'answered_late') later(`${nameOf(invocation)}: answer`, give, undefined);
          else reject(new ProcessDied());
        };
        ready.push({ label: 'answer', owner: invocation, go });
      };
      live.add(invocation);
      const begin = () => {
        note('begin', nameOf(invocation), 'begins');
        act(invocation).then(
          (result) => finish(() => resolve(result)),
          (error: unknown) => finish(() => reject(error instanceof Error ? error : new Error(String(error)))),
        );
      };
      ready.push({ label: 'begin', owner: invocation, go: begin });
    });
  }

  /** Requests that are on their way when their process dies may still take effect. */
  function abandonCallsOf(invocation: Invocation): void {
    for (let index = ready.length - 1; index >= 0; index -= 1) {
      if (ready[index]!.owner !== invocation) continue;
      const [{ label, perform }] = ready.splice(index, 1) as [Ready];
      if (perform !== undefined) late.add({ label, owner: invocation, perform }, nowMs);
    }
  }

  /** Whoever's time is over on the way ends then, not when the clock arrives. */
  function moveTo(ms: number): void {
    const ending = [...live].filter(({ endsMs }) => endsMs <= ms).sort((one, other) => one.endsMs - other.endsMs);
    for (const { endsMs, die } of ending) {
      nowMs = Math.max(nowMs, endsMs);
      die();
    }
    nowMs = Math.max(nowMs, ms);
    late.forget(nowMs);
  }

  /** When nothing can go on, the time at which something can. */
  function nextMs(): number {
    let next = coming.nextMs() ?? Infinity;
    for (const { endsMs } of live) next = Math.min(next, endsMs);
    return next;
  }

  /** @returns false if nothing can go on until then */
  async function goOn(untilMs: number): Promise<boolean> {
    for (const { label, begin, owner } of coming.takeDue(nowMs)) ready.push({ label, owner, go: begin });
    if (ready.length === 0) {
      const next = nextMs();
      if (next > untilMs) return false;
      moveTo(next);
    } else takeStep();
    await settled();
    return true;
  }

  function takeStep(): void {
    step += 1;
    goingOn = undefined;
    const jump = jumps[choices.rarely(chaos.jumps, jumps.length) - 1];
    if (jump !== undefined) {
      moveTo(jump.toMs(nowMs));
      return void note('jump', 'clock', jump.label);
    }
    const overdue = late.count() === 0 ? 0 : choices.rarely(lateShare, late.count());
    if (overdue > 0) {
      const { label, owner, perform } = late.take(overdue - 1);
      note('late', nameOf(owner), `${label} takes effect late`);
      return void outcomeOf(perform);
    }
    const index = choices.rarely(chaos.reorders, ready.length - 1);
    const [item] = ready.splice(index, 1);
    if (index > 0 && item?.owner !== undefined) note('reorder', nameOf(item.owner), `${item.label} goes first`);
    goingOn = item?.owner;
    item?.go();
  }

  return {
    choices,
    nowMs: () => nowMs,
    now: () => new Date(nowMs),
    step: () => step,
    /** The invocation whose code runs; undefined outside of any. */
    goingOn: () => goingOn,
    /** When something is planned, or an invocation ends; Infinity if nothing can ever go on. */
    nextMs: () => (ready.length > 0 ? nowMs : nextMs()),
    call,
    invoke,
    plan,
    note,
    /** Ends after so many milliseconds of virtual time, unless the process that waits dies. */
    sleep(ms: number): Promise<void> {
      const owner = goingOn;
      return new Promise((resolve) => {
        plan(nowMs + ms, 'wait', () => void (owner?.isDead === true || resolve()), owner);
      });
    },
    setChaos: (level: Chaos) => void (chaos = level),
    /**
     * Goes on until nothing can go on before `untilMs`, or `mayGoOn` says so.
     *
     * @throws if that takes more than `maxSteps` steps
     */
    async run(untilMs: number, maxSteps: number, mayGoOn: () => boolean = () => true): Promise<void> {
      for (let steps = 0; mayGoOn(); steps += 1) {
        if (steps > maxSteps) throw new Error(`Not idle after ${maxSteps} steps`);
        if (!(await goOn(untilMs))) break;
      }
      if (untilMs !== Infinity && mayGoOn()) moveTo(untilMs);
    },
  };
}
