import type { CountedRun } from '../cost/count/run';
import { markdownTable } from '../markdown-table';
import { bursts } from './bursts';
import { ceilingsOf, type Ceiling } from './ceilings';
import { quantile, quietWaits } from './fair-queue';
import { midnightBurst, secondOfAll } from './midnight-burst';
import { quotas } from './quotas';

const tenants = 10_000;

/** The quotas that stop runs like this one, beginning with the first that is reached. */
export function ceilingsTable(run: CountedRun): string {
  return markdownTable(
    [
      'quota',
      'limit',
      'a run takes',
      'one tenant, runs/s',
      `${whole(tenants)} tenants, runs/s`,
      'how to raise it',
      'source',
    ],
    ceilingsOf(run, tenants).map(({ quota, each, oneTenant, allTenants }) => {
      const { limit, of, raise, source } = quotas[quota];
      return [quota, `${whole(limit)} ${of}`, figure(each), whole(oneTenant), whole(allTenants), raise, source];
    }),
  );
}

/** The rate at which the first quota stops one tenant, and all tenants of a Region together. */
export function capacityTable(run: CountedRun): string {
  const ceilings = ceilingsOf(run, tenants);
  const row = (who: string, rateOf: (ceiling: Ceiling) => number): string[] => {
    const lowest = ceilings.reduce((least, one) => (rateOf(one) < rateOf(least) ? one : least));
    return [who, `${whole(rateOf(lowest))} runs/s`, `${whole(quotas[lowest.quota].limit)} ${quotas[lowest.quota].of}`];
  };
  return markdownTable(
    ['runs of a log line, a delay and one webhook', 'at most', 'because of'],
    [
      row('one tenant', ({ oneTenant }) => oneTenant),
      row(`${whole(tenants)} tenants together`, ({ allTenants }) => allTenants),
    ],
  );
}

/** How long messages of quiet tenants wait next to a hot tenant. */
export function quietTable(): string {
  return markdownTable(
    ['queue', 'median, s', '99 of 100, s', 'longest, s'],
    [true, false].map((fair) => {
      const waits = quietWaits(fair);
      const times = [quantile(waits, 0.5), quantile(waits, 0.99), quantile(waits, 1)];
      return [fair ? 'fair, by tenant (ours)' : 'in order of arrival', ...times.map((time) => time.toFixed(1))];
    }),
  );
}

/** When all runs of a burst at midnight are accepted and started. */
export function burstTable(): string {
  return markdownTable(
    ['limits', 'all accepted after, s', 'all started after, s'],
    bursts.map((limits) => {
      const seconds = midnightBurst(limits);
      const over = (['accepted', 'started'] as const).map((which) => secondOfAll(seconds, which));
      return [limits.name, ...over.map((second) => (second === undefined ? 'not in time' : String(second)))];
    }),
  );
}

function whole(value: number): string {
  return Math.floor(value).toLocaleString('en');
}

function figure(value: number): string {
  return value >= 1 ? String(Math.round(value * 10) / 10) : value.toPrecision(2);
}
