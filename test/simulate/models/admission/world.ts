import type { Act } from '../act';
import type { Next, Process, Program, Sendable, TakeEffect } from '../processes';
import type { AdmissionActs } from './acts';
import { dayOf, type Around, type Claim, type Counter, type NumberRow } from './rows';

/** One tenant, one idempotency key, and the clock as far as it matters. */
export interface World {
  readonly counter: Counter;
  /** The row of number n is at n - 1. */
  readonly numbers: readonly (NumberRow | undefined)[];
  readonly claim: Claim | undefined;
  /** What the clocks of all processes say. */
  readonly day: string;
}

export const theKey = 'key';

export type Request = Sendable &
  (
    | { readonly on: 'counter'; readonly act: Act<Counter, Around> }
    | { readonly on: 'number'; readonly number: number; readonly act: Act<NumberRow, Around> }
    | { readonly on: 'claim'; readonly act: Act<Claim, Around> }
  );

export const onCounter = (act: Act<Counter, Around>): Request => ({ on: 'counter', act, text: act.text });
export const onNumber = (number: number, act: Act<NumberRow, Around>): Request => ({
  on: 'number',
  number,
  act,
  text: act.text,
});
export const onClaim = (act: Act<Claim, Around>): Request => ({ on: 'claim', act, text: act.text });

/** The product as it is, or with a planted bug. */
export interface Design {
  readonly acts: AdmissionActs;
  /** A number is made void before it is refunded. */
  readonly voidsFirst: boolean;
  /** A key stays held while it is not known whether its run was stored. */
  readonly keepsKeyOfUnknown: boolean;
  /** Settlement refunds the numbers up to the note before it passes them. */
  readonly refundsBeforeClosing: boolean;
  /** The lease of a key runs out only when its request, and whatever it has sent, has ended. */
  readonly leaseOutlastsRequest: boolean;
}

/** What a process remembers. Attributes that are no longer needed are left out, so that fewer states differ. */
export interface Know {
  readonly name: string;
  readonly key: string | null;
  /** A trigger: the day that it counts on, and the last number when it read the tenant. */
  readonly day?: string;
  readonly last?: number;
  /** Whether the cap had a place left then. */
  readonly isFree?: boolean;
  /** The claim of a request that died: who held it, and its lease. */
  readonly dead?: { readonly holder: string; readonly lease: string; readonly after: number };
  readonly number?: number;
  /** The number of the run that it was answered with. */
  readonly accepted?: number;
  /** Settlement: how far the numbers were settled, and up to where they are to be. */
  readonly settled?: number;
  readonly noted?: number;
  /** The numbers that have no run and are still to be refunded, each with its day. */
  readonly missing?: readonly (readonly [number: number, day: string])[];
}

export type AdmissionProcess = Process<Know, Request>;
export type AdmissionNext = Next<World, Know, Request>;
export type AdmissionProgram = Program<World, Know, Request>;

export const takeEffect: TakeEffect<World, Request> = (world, request) => {
  const around = aroundOf(world);
  switch (request.on) {
    case 'counter': {
      const { act } = request;
      if (!act.allows(world.counter)) return refused(world);
      const broken = act.demands(around, world.counter);
      return {
        world: { ...world, counter: act.writes(world.counter) ?? world.counter },
        outcome: 'took effect',
        broken,
      };
    }
    case 'number': {
      const { act, number } = request;
      const row = world.numbers[number - 1];
      if (!act.allows(row)) return refused(world);
      const broken = act.demands(around, row);
      const numbers = [...world.numbers];
      numbers[number - 1] = act.writes(row);
      return { world: { ...world, numbers }, outcome: 'took effect', broken };
    }
    case 'claim': {
      const { act } = request;
      if (!act.allows(world.claim)) return refused(world);
      const broken = act.demands(around, world.claim);
      return { world: { ...world, claim: act.writes(world.claim) }, outcome: 'took effect', broken };
    }
  }
};

function refused(world: World): ReturnType<typeof takeEffect> {
  return { world, outcome: 'refused', broken: undefined };
}

function aroundOf({ counter, numbers, claim }: World): Around {
  return {
    counter,
    number: (number) => numbers[number - 1],
    claim: () => claim,
    runsWith: (key) => runsWith(numbers, key),
    past: () => undefined,
  };
}

export function runsWith(numbers: World['numbers'], key: string): number[] {
  return numbers.flatMap((row, index) => (row?.kind === 'run' && row.key === key ? [index + 1] : []));
}

/** Why a world violates what the product promises; undefined if it does not. */
export function brokenWorld({ counter, numbers }: World): string | undefined {
  const counted: Record<string, number> = {};
  for (let number = 1; number <= counter.last; number += 1) {
    const row = numbers[number - 1];
    if (number <= counter.settled && row === undefined)
      return `number ${number} is settled and is neither a run nor void`;
    const isRefunded = counter.voided.includes(number) || (number <= counter.settled && row?.kind === 'void');
    if (isRefunded && row?.kind === 'run') return `run ${number} was refunded`;
    const day = dayOf(counter, number);
    if (day === undefined) return `number ${number} has no day`;
    if (!isRefunded) counted[day] = (counted[day] ?? 0) + 1;
  }
  const wrong = Object.keys(counter.used).find((day) => counter.used[day] !== (counted[day] ?? 0));
  if (wrong !== undefined)
    return `${counter.used[wrong]!} are counted on ${wrong}, and ${counted[wrong] ?? 0} numbers of it were not refunded`;
  if (runsWith(numbers, theKey).length > 1) return 'one key has two runs';
  return counter.last > counter.settled && !counter.due ? 'numbers are open and nothing will look at them' : undefined;
}

/** Everything is settled: what is counted is exactly what is a run. */
export function isSettled({ counter, numbers }: World): boolean {
  const runs = numbers.filter((row) => row?.kind === 'run').length;
  const used = Object.values(counter.used).reduce((sum, count) => sum + count, 0);
  return counter.settled === counter.last && !counter.due && used === runs;
}
