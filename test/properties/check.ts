import type fc from 'fast-check';

/** How often a property is tried; `PROPERTY_RUNS=2000` looks longer. A failure prints its seed, the path to it and the smallest case. */
export function times(usual: number): fc.Parameters<unknown> {
  const asked = process.env['PROPERTY_RUNS'];
  return { numRuns: asked === undefined ? usual : Number(asked), ...seeded() };
}

/** Repeats what a failure printed. */
function seeded(): { seed?: number } {
  const seed = process.env['PROPERTY_SEED'];
  return seed === undefined ? {} : { seed: Number(seed) };
}
