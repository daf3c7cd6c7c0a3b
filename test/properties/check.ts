import type fc from 'fast-check';

/**
 * The number of cases for a property; `PROPERTY_RUNS=2000` overrides it. A failure prints its seed, its path and the
 * smallest case.
 */
export function times(usual: number): fc.Parameters<unknown> {
  const configured = process.env['PROPERTY_RUNS'];
  return { numRuns: configured === undefined ? usual : Number(configured), ...seedFromEnvironment() };
}

/** Reproduces a failure with the seed that it printed. */
function seedFromEnvironment(): { seed?: number } {
  const seed = process.env['PROPERTY_SEED'];
  return seed === undefined ? {} : { seed: Number(seed) };
}
