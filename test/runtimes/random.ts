import { seededRandom as random } from '../simulate/random';

/** Numbers that look random and are the same in every process and on every Node. */
export function seededRandom(seed: number) {
  const next = random(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    one: <T>(of: readonly T[]): T => of[below(of.length)]!,
    text: (length: number, character: () => string): string => Array.from({ length }, character).join(''),
  };
}
