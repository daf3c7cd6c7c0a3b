import { seededRandom } from '../scale/random';
import { hops, type Hop } from './hops';
import type { Path } from './paths';

/** Quantiles of the time of a path, in milliseconds. */
export interface ModelledTimes {
  readonly p50: number;
  readonly p99: number;
}

const draws = 20_000;
/** The 99th percentile of a standard normal distribution. */
const z99 = 2.326;

/**
 * Draws the time of a path many times: each hop from the log-normal distribution with its two quantiles, and for each wave
 * the longest of its hops. The random numbers are the same each time.
 */
export function modelTimes({ waves }: Path): ModelledTimes {
  const random = seededRandom(1);
  const times = Array.from({ length: draws }, () =>
    waves.reduce((total, wave) => total + Math.max(...wave.hops.map((name) => draw(hops[name], random))), 0),
  ).sort((a, b) => a - b);
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

function draw({ p50, p99 }: Hop, random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return p50 * Math.exp((Math.log(p99 / p50) / z99) * normal);
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.floor(part * sorted.length)] ?? 0;
}
