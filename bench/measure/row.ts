import { ratioOf, spreadOf, type Spread } from './spread';

/** The target of a figure, or of its ratio to the baseline if there is a baseline. */
export type Target = { readonly atMost: number } | { readonly atLeast: number };

/** A ratio is printed and judged with so many decimals, because its rounds differ by more than the next one. */
export const ratioDecimals = 2;

/** One line of the results. */
export interface Row {
  readonly what: string;
  readonly unit: 'ms' | 'KB' | '/s';
  readonly ours: Spread;
  readonly baseline?: { readonly name: string; readonly spread: Spread };
  /** Our figure divided by the baseline's. */
  readonly ratio?: Spread;
  /** Absent if the figure is only reported. */
  readonly target?: Target;
  readonly holds?: boolean;
}

type Facts = Pick<Row, 'what' | 'unit'> & { readonly target?: Target };

/** A row without a baseline. */
export function plainRow({ target, ...facts }: Facts, samples: readonly number[]): Row {
  const ours = spreadOf(samples);
  return { ...facts, ours, ...(target && { target, holds: meets(ours.median, target) }) };
}

/** A row that compares samples with those of a baseline, which were taken alternately. */
export function ratioRow(
  { target, ...facts }: Facts,
  samples: readonly number[],
  baseline: { readonly name: string; readonly samples: readonly number[] },
): Row {
  const ratio = ratioOf(samples, baseline.samples);
  return {
    ...facts,
    ours: spreadOf(samples),
    baseline: { name: baseline.name, spread: spreadOf(baseline.samples) },
    ratio,
    ...(target && { target, holds: meets(Number(ratio.median.toFixed(ratioDecimals)), target) }),
  };
}

function meets(value: number, target: Target): boolean {
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
}
