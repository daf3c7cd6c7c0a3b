import { seededRandom } from '../../random';

/** Chooses at random, and the same for the same seed. */
export interface Chooser {
  readonly below: (limit: number) => number;
  /** True in this share of cases. */
  readonly chance: (share: number) => boolean;
  readonly one: <T>(of: readonly T[]) => T;
  readonly list: <T>(length: number, make: () => T) => T[];
}

export function chooser(seed: number): Chooser {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  return {
    below,
    chance: (share) => random() < share,
    one: (of) => of[below(of.length)]!,
    list: (length, make) => Array.from({ length }, make),
  };
}
