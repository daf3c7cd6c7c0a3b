import { parseArgs } from 'node:util';

export interface Options {
  /** How many schedules to play. */
  readonly seeds: number;
  /** The first seed. */
  readonly seed: number;
  /** Makes the first failing schedule as short as possible and tells it. */
  readonly shrink: boolean;
  /** Tells every call of the one schedule of `seed`. */
  readonly trace: boolean;
  /** Plants each bug in turn, and plays until it is found. */
  readonly bugs: boolean;
  readonly workers: number;
  readonly json: boolean;
}

export const usage = `npm run simulate -- [--seeds N] [--seed S] [--shrink] [--trace] [--bugs] [--workers W] [--json]

  --seeds N    play N schedules (10000)
  --seed S     begin with seed S (1)
  --shrink     make the first failing schedule as short as possible, and tell it
  --trace      tell every call of the schedule of --seed, and nothing else
  --bugs       plant each bug in turn, and play up to --seeds schedules until it is found
  --workers W  processes that play (2)
  --json       print the result as JSON`;

/** @throws Error for arguments that are none */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string', default: '2' },
      shrink: { type: 'boolean', default: false },
      trace: { type: 'boolean', default: false },
      bugs: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  return {
    ...values,
    seeds: wholeNumber('seeds', values.seeds),
    seed: wholeNumber('seed', values.seed),
    workers: wholeNumber('workers', values.workers),
  };
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new Error(`--${name} must be a whole number from 1 to 999999999, not ${text}`);
  return Number(text);
}
