import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller } from './caller';

/** The inbox keeps 1,000 messages, and each figure must find all of its own. */
const runsTogether = 400;
const callersAtOnce = 20;
const runsOneByOne = 60;

const tooLongMs = 120_000;

export interface Speed {
  readonly acceptedPerSecond: number;
  readonly runsPerSecond: number;
  /** From sending the trigger to the arrival of the webhook, one run after the other, in ascending order. */
  readonly oneByOneMs: readonly number[];
}

/** Runs are numbered from `firstRun`, so that the webhooks of an earlier measurement are not counted again. */
export async function measureSpeed(caller: Caller, firstRun: number): Promise<Speed> {
  const oneByOneMs: number[] = [];
  for (let n = firstRun; n < firstRun + runsOneByOne; n += 1) oneByOneMs.push(await timeOne(caller, n));
  const firstTogether = firstRun + runsOneByOne;
  const began = Date.now();
  let next = firstTogether;
  const end = firstTogether + runsTogether;
  await Promise.all(
    Array.from({ length: callersAtOnce }, async () => {
      while (next < end) await caller.trigger(next++);
    }),
  );
  const acceptedMs = Date.now() - began;
  const arrivals = await untilArrived(caller, firstTogether, end, 500);
  const lastMs = Math.max(...arrivals.map((date) => date.getTime()));
  return {
    acceptedPerSecond: (runsTogether * 1000) / acceptedMs,
    runsPerSecond: (runsTogether * 1000) / (lastMs - began),
    oneByOneMs: oneByOneMs.sort((a, b) => a - b),
  };
}

async function timeOne(caller: Caller, n: number): Promise<number> {
  const began = performance.timeOrigin + performance.now();
  await caller.trigger(n);
  const [arrived] = await untilArrived(caller, n, n + 1, 150);
  // Before the next run starts, everything that follows the webhook of this one has to be over.
  await sleep(50);
  return (arrived?.getTime() ?? Number.NaN) - began;
}

/** Looks seldom, because reading the inbox takes time from what is measured. */
async function untilArrived(caller: Caller, first: number, end: number, everyMs: number): Promise<Date[]> {
  const giveUp = performance.now() + tooLongMs;
  while (performance.now() < giveUp) {
    await sleep(everyMs);
    const arrivals = await caller.arrivals();
    const found = Array.from({ length: end - first }, (_, index) => arrivals.get(first + index));
    const dates = found.filter((date) => date !== undefined);
    if (dates.length === found.length) return dates;
  }
  throw new Error(`The webhooks of some of the runs ${first} to ${end - 1} did not arrive within two minutes.`);
}
