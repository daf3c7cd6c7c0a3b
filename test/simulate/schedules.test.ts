import { sampled } from '../support/sample';
import { bundleWorker, type WorkerBundle } from './command/bundle-worker';
import { play, tell } from './command/play';
import { seededRandom } from './random';
import { runSchedule } from './run-schedule';
import { randomChoices, replayedChoices } from './schedule/choices';
import { faultsOfRequests } from './schedule/fault';
import type { Told } from './schedule/told';

let bundle: WorkerBundle;

beforeAll(async () => (bundle = await bundleWorker()));
afterAll(() => bundle.remove());

/** Everything that happens in the schedule of a seed. */
async function trace(seed: number): Promise<string> {
  const told: Told[] = [];
  const { broken } = await runSchedule(randomChoices(seededRandom(seed)), { tell: (event) => void told.push(event) });
  return JSON.stringify({ broken, told });
}

test('a seed gives the same trace to the byte, whatever was played before it, and in another process', async () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
  const first: string[] = [];
  for (const seed of seeds) first.push(await trace(seed));

  const again: string[] = [];
  for (const seed of seeds.toReversed()) again.unshift(await trace(seed));
  const elsewhere = await Promise.all(
    seeds.slice(0, 2).map(async (seed) => {
      const { broken, events } = await tell(bundle.file, seed, false);
      return JSON.stringify({ broken, told: events });
    }),
  );

  expect(again).toEqual(first);
  expect(elsewhere).toEqual(first.slice(0, 2));
  expect(new Set(first).size).toBe(seeds.length);
});

test('the decisions that a schedule made repeat it', async () => {
  const { choices, steps } = await runSchedule(randomChoices(seededRandom(11)));

  expect(await runSchedule(replayedChoices(choices))).toMatchObject({ choices, steps, broken: [] });
});

test('every promise holds in many schedules, in which faults of every kind hit the functions', async () => {
  const count = sampled({ whole: 500, sample: 150 });

  const { schedules, failures, coverage } = await play(bundle.file, { from: 1, count, workers: 2 });

  expect(failures).toEqual([]);
  expect(schedules).toBe(count);
  const hit = Object.values(coverage).flatMap((counts) => Object.keys(counts));
  expect(new Set(hit)).toEqual(new Set(['no fault', ...faultsOfRequests]));
});
