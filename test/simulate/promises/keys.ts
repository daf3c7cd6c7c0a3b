import { grouped, rowsOf, unless, type Promised } from './promise';

/** For so long a key is remembered. */
const keptMs = 24 * 3_600_000;

/** An idempotency key gives one run within a day, whoever is asked and however often. */
export const keys: Promised = (facts) => ({
  atTheEnd: () => {
    const runs = rowsOf(facts, 'run').filter(({ row }) => row['key_hash'] !== undefined);
    const ofKeys = grouped(runs, ({ tenantId, row }) => `${tenantId} ${String(row['key_hash'])}`);
    return [...ofKeys.values()].flatMap((of) => {
      const times = of.map(({ row }) => Date.parse(String(row['created_at']))).sort((one, other) => one - other);
      const isTwice = times.some((time, index) => index > 0 && time - times[index - 1]! < keptMs);
      return unless(!isTwice, () => `runs ${of.map(({ row }) => row['id']).join(' and ')} were started with one key`);
    });
  },
});
