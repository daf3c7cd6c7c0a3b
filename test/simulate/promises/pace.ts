import { grouped, unless, type Promised } from './promise';

/** No endpoint gets more in a second than its rate, as far as nothing delays what was begun in its turn. */
export const pace: Promised = ({ arrivals, system }) => ({
  atTheEnd: () => {
    const undelayed = arrivals.filter(({ by, atMs }) => by?.faults === 0 && by.beganMs === atMs);
    const counted = grouped(undelayed, ({ path, atMs }) => `${path} ${Math.floor(atMs / 1000)}`);
    return [...counted].flatMap(([what, of]) => {
      const [, tenantId = ''] = (of[0]?.path ?? '').split('/');
      const rates = system.table
        .rows()
        .flatMap((row) =>
          row['pk'] === `T#${tenantId}` && String(row['url']).endsWith(of[0]?.path ?? '')
            ? [Number(row['max_per_second'])]
            : [],
        );
      const rate = Math.max(...rates, 0) || Infinity;
      return unless(of.length <= rate, () => `${what}: ${of.length} arrived in one second, of at most ${rate}`);
    });
  },
});
