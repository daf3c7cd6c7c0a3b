/** Median and quartiles of samples. Half of the samples lie between the quartiles. */
export interface Spread {
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
}

export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  return { q1: quantile(sorted, 0.25), median: quantile(sorted, 0.5), q3: quantile(sorted, 0.75) };
}

/** The spread of the ratios of each round. Whatever slowed a round down affected both of its samples. */
export function ratioOf(samples: readonly number[], baseline: readonly number[]): Spread {
  return spreadOf(samples.map((sample, round) => sample / (baseline[round] ?? Number.NaN)));
}

/** Interpolates linearly between neighbouring samples. */
function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}
