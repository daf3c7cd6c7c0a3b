import type { Choices } from './choices';

/** How wild a schedule is. Most faults are found by few faults at the right place, and some only by many. */
export interface Chaos {
  /** Share of calls that a fault hits. */
  readonly faults: number;
  /** Share of steps at which another than the oldest call goes on. */
  readonly reorders: number;
  /** Share of steps at which the clock jumps although something could go on. */
  readonly jumps: number;
}

export const calm: Chaos = { faults: 0, reorders: 0, jumps: 0 };

const levels: readonly Chaos[] = [
  calm,
  { faults: 0, reorders: 0.5, jumps: 0 },
  { faults: 0, reorders: 1, jumps: 0.01 },
  { faults: 0.02, reorders: 0.3, jumps: 0.01 },
  { faults: 0.05, reorders: 0.3, jumps: 0.02 },
  { faults: 0.05, reorders: 1, jumps: 0 },
  { faults: 0.15, reorders: 0.1, jumps: 0.02 },
  { faults: 0.3, reorders: 1, jumps: 0.05 },
];

export function chooseChaos(choices: Choices): Chaos {
  return levels[choices.among(levels.length)]!;
}
