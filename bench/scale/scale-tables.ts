import type { CountedRun } from '../cost/count/run';
import { markdownTable } from '../markdown-table';
import { bursts } from './bursts';
import { ceilingsOf } from './ceilings';
import { quantile, quietWaits } from './fair-queue';
import { midnightBurst, secondOfAll } from './midnight-burst';
import { quotas } from './quotas';

const tenants = 10_000;

/** What stops runs like this one, the first first. */
export function ceilingsTable(run: CountedRun): string {
  return markdownTable(
    ['quota', 'limit', 'a run takes', 'one tenant, runs/s', `${whole(tenants)} tenants, runs/s`, 'to raise', 'source'],
    ceilingsOf(run, tenants).map(({ quota, each, oneTenant, allTenants }) => {
      const { limit, of, raise, source } = quotas[quota];
      return [quota, `${whole(limit)} ${of}`, figure(each), whole(oneTenant), whole(allTenants), raise, source];
    }),
  );
}

/** How long quiet tenants wait beside a hot one. */
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

/** When a burst at midnight is over. */
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
