import type { Attack } from '../attacks/attack';
import { secondsADay, usdADayAtBound } from '../cost/bounds';
import type { UnitCosts } from '../cost/unit-costs';
import type { LoadResult } from '../load/plan';
import { isAdmitted } from '../load/send-request';
import { percentile } from '../percentile';
import type { Played } from '../play-attack';

/** What one attack did to the quiet tenant, and what it would cost the operator. */
export interface Figures {
  readonly attack: Attack;
  readonly requestsASecond: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** Quiet calls beside the attack, compared with those without it. */
  readonly median: number;
  readonly p99: number;
  /** The same of the bare program, which shares nothing with the attack but the processor. */
  readonly bareP99: number;
  /** The quiet tenant's 99th percentile without an attack, in ms. */
  readonly aloneP99Ms: number;
  /** The largest difference between the rounds without an attack, as a ratio: how quiet the machine was. */
  readonly machine: number;
  /** Quiet calls that failed beside the attack, by outcome. */
  readonly quietFailed: Readonly<Record<string, number>>;
  readonly busy: number;
  /** US$ a day at the rate that the attack reached here, and at the highest rate that a deployment lets through. */
  readonly usdReached: number;
  readonly usdAtBound: number | undefined;
}

export function figuresOf(attack: Attack, { alone, beside, loads, busy }: Played, usd: UnitCosts): Figures {
  const p99s = alone.map(({ ms }) => percentile(ms, 0.99));
  const ratio = (share: number, of: 'ms' | 'bareMs') =>
    percentile(
      alone.map((quiet, round) => percentile(beside[round]?.[of] ?? [], share) / percentile(quiet[of], share)),
      0.5,
    );
  return {
    attack,
    requestsASecond: rateOf(loads, () => true),
    outcomes: summed(loads.map(({ outcomes }) => outcomes)),
    median: ratio(0.5, 'ms'),
    p99: ratio(0.99, 'ms'),
    bareP99: ratio(0.99, 'bareMs'),
    aloneP99Ms: percentile(p99s, 0.5),
    machine: Math.max(...p99s) / Math.min(...p99s),
    quietFailed: summed(beside.map(({ failed }) => failed)),
    busy,
    usdReached:
      secondsADay *
      (rateOf(loads, isAdmitted) * usd[attack.priced.admitted] +
        rateOf(loads, (outcome) => !isAdmitted(outcome)) * usd[attack.priced.refused]),
    usdAtBound: usdADayAtBound(attack.bound, attack.priced.admitted, usd),
  };
}

/** Requests a second in the round that reached most. */
function rateOf(loads: readonly LoadResult[], counts: (outcome: string) => boolean): number {
  return Math.max(
    0,
    ...loads.map(({ outcomes, seconds }) => {
      const counted = Object.entries(outcomes).filter(([outcome]) => counts(outcome));
      return counted.reduce((total, [, count]) => total + count, 0) / Math.max(seconds, 1);
    }),
  );
}

function summed(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, count] of counts.flatMap((one) => Object.entries(one))) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}
