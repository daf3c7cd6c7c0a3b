/** Numbers that look random and are the same in every process and on every Node: mulberry32. */
export function seededRandom(seed: number) {
  let state = seed;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return {
    below,
    one: <T>(of: readonly T[]): T => of[below(of.length)]!,
    text: (length: number, character: () => string): string => Array.from({ length }, character).join(''),
  };
}
