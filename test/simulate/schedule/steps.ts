import { agenda } from './agenda';
import { calm, type Chaos } from './chaos';
import type { Choices } from './choices';
import { outcomeOf } from './hit';
import { nameOf, type Invocation } from './invocation';
import { jumps } from './jumps';
import { lateRequests } from './late-requests';
import type { Tell, Told } from './told';

/** Something that can go on now: a call that waits to be carried out, or what has become due. */
interface Ready {
  readonly label: string;
  /** The invocation that goes on; undefined if something outside the product does. */
  readonly owner: Invocation | undefined;
  readonly go: () => void;
  /** The request that is already on its way. */
  readonly perform?: () => unknown;
}

const realImmediate = setImmediate;
/** Functions whose code waits for streams, which go on by ticks: the sender's HTTP client, and the bodies of MCP. */
const withStreams: readonly Invocation['functionName'][] = ['deliver-webhook', 'mcp-server'];

/**
 * Resolves when everything that can go on has gone on: nothing here waits for anything outside of this process. A tick
 * comes after all promises. Where streams go on by ticks of their own, a turn of the event loop comes after those, too;
 * it takes a fifth of the time of a step.
 */
function settled(owner: Invocation | undefined): Promise<void> {
  const hasStreams = owner !== undefined && withStreams.includes(owner.functionName);
  return new Promise((resolve) => {
    if (hasStreams) realImmediate(resolve);
    else process.nextTick(resolve);
  });
}

/** The share of steps at which a request whose sender has given up takes effect, if there is one. */
const lateShare = 0.2;

/** The steps of a schedule: at each, `choices` decides what goes on, or that time passes. */
export function newSteps(choices: Choices, startMs: number, tell: Tell | undefined) {
  const ready: Ready[] = [];
  const coming = agenda();
  const late = lateRequests();
  /** Invocations that have not answered yet. */
  const live = new Set<Invocation>();
  let [nowMs, step] = [startMs, 0];
  let chaos = calm;
  let goingOn: Invocation | undefined;

  const note = (kind: Told['kind'], who: string, what: string) => tell?.({ step, atMs: nowMs, kind, who, what });

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

  /** @returns undefined if nothing can go on until then, else a promise that resolves when what went on waits again */
  function goOn(untilMs: number): Promise<void> | undefined {
    for (const { label, begin, owner } of coming.takeDue(nowMs)) ready.push({ label, owner, go: begin });
    if (ready.length === 0) {
      const next = nextMs();
      if (next > untilMs) return undefined;
      moveTo(next);
      return settled(undefined);
    }
    // Who goes on is known before: what they invoke begins in a step of its own.
    return settled(takeStep());
  }

  /** @returns the invocation that goes on */
  function takeStep(): Invocation | undefined {
    step += 1;
    goingOn = undefined;
    const jump = jumps[choices.rarely(chaos.jumps, jumps.length) - 1];
    if (jump !== undefined) {
      moveTo(jump.toMs(nowMs));
      note('jump', 'clock', jump.label);
      return undefined;
    }
    const overdue = late.count() === 0 ? 0 : choices.rarely(lateShare, late.count());
    if (overdue > 0) {
      const { label, owner, perform } = late.take(overdue - 1);
      note('late', nameOf(owner), `${label} takes effect late`);
      outcomeOf(perform);
      return undefined;
    }
    const index = choices.rarely(chaos.reorders, ready.length - 1);
    const item = index === 0 ? ready.shift() : ready.splice(index, 1)[0];
    if (index > 0 && item?.owner !== undefined) note('reorder', nameOf(item.owner), `${item.label} goes first`);
    goingOn = item?.owner;
    item?.go();
    return item?.owner;
  }

  return {
    nowMs: () => nowMs,
    step: () => step,
    chaos: () => chaos,
    setChaos: (level: Chaos) => void (chaos = level),
    note,
    live,
    /**
     * The invocation whose code runs until the next step; undefined outside of any. That is known without asynchronous
     * context, because each step lets one thing go on and waits until it waits again.
     */
    goingOn: () => goingOn,
    /** From here on it is not an invocation that goes on, but whoever invoked it. */
    leave: () => void (goingOn = undefined),
    /** Adds what can go on now. */
    add: (item: Ready) => void ready.push(item),
    plan: (atMs: number, label: string, begin: () => void, owner?: Invocation) =>
      coming.add({ atMs: Math.max(atMs, nowMs), label, begin, owner }),
    /** When something is planned, or an invocation ends; Infinity if nothing can ever go on. */
    nextMs: () => (ready.length > 0 ? nowMs : nextMs()),
    /** Leaves a request under way whose sender gives up. */
    abandon: (label: string, owner: Invocation, perform: () => unknown) => late.add({ label, owner, perform }, nowMs),
    /** Takes what a dead process would go on with. Its requests are on their way, and may still take effect. */
    abandonAll(owner: Invocation): void {
      for (let index = ready.length - 1; index >= 0; index -= 1) {
        const { label, owner: of, perform } = ready[index]!;
        if (of !== owner) continue;
        ready.splice(index, 1);
        if (perform !== undefined) late.add({ label, owner, perform }, nowMs);
      }
    },
    /**
     * Goes on until nothing can go on before `untilMs`, or `mayGoOn` says so.
     *
     * @throws if that takes more than `maxSteps` steps
     */
    run: async (untilMs: number, maxSteps: number, mayGoOn: () => boolean = () => true): Promise<void> => {
      for (let steps = 0; mayGoOn(); steps += 1) {
        if (steps > maxSteps) throw new Error(`Not idle after ${maxSteps} steps`);
        const waits = goOn(untilMs);
        if (waits === undefined) break;
        await waits;
      }
      if (untilMs !== Infinity && mayGoOn()) moveTo(untilMs);
    },
  };
}
