import type { Endpoint } from '../../../functions/domain/endpoint/endpoint';
import { healthWarning, healthy, judgeHealth } from '../../../functions/domain/endpoint/health';

const since = '2026-11-22T22:00:00.000Z';
const after = (hours: number) => new Date(Date.parse(since) + hours * 3_600_000);
type Health = Pick<Endpoint, keyof typeof healthy | 'status'>;
const fresh: Health = { ...healthy, status: 'active' };

/** The health after failures at these hours; `status` is `disabled` if one of them disabled the endpoint. */
function failAt(hours: readonly number[], from: Health = fresh, trigger: 'event' | 'test' | 'replay' = 'event') {
  return hours.reduce<Health>(
    (health, hour) => ({
      ...health,
      ...judgeHealth(health, { succeeded: false, isGone: false, trigger, at: after(hour) })?.set,
    }),
    from,
  );
}
const hourly = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
/** The retries of one event, in hours. */
const retries = [0, 0.001, 0.08, 0.6, 2.6, 7.6, 17.6, 27.6];
const eventAt = (hour: number) => retries.map((retry) => hour + retry);

test.each([
  ['every hour', hourly(0, 119), 'active'],
  ['every hour, to the end of the fifth day', hourly(0, 120), 'disabled'],
  ['once a day', [0, 24, 48, 72, 96, 119], 'active'],
  ['once a day, to the end of the fifth day', [0, 24, 48, 72, 96, 120], 'disabled'],
  ['once, and once after six days of silence', [0, 144], 'active'],
  ['often on the first and on the sixth day', [...eventAt(0), ...eventAt(144)], 'active'],
  ['on four days only, for weeks', [0, 200, 400, 600, 601, 610, 623], 'active'],
  ['on five days, far apart, warned in between', [0, 200, 400, 600, 624], 'disabled'],
  ['on three calendar days by the retries of one event', eventAt(0), 'active'],
  ['on three days in a row, then silence, then once unwarned', [0, 24, 48, 300, 311], 'active'],
  ['on three days in a row, then silence, then a day after a warning', [0, 24, 48, 300, 324], 'disabled'],
])('an endpoint that failed %s is as it should be', (_times, hours, expected) => {
  expect(failAt(hours).status).toBe(expected);
});

test('an endpoint is never disabled less than twelve hours after its first warning, and a warning is given once', () => {
  const written: unknown[] = [];
  let health = fresh;
  for (const hour of hourly(0, 130)) {
    const change = judgeHealth(health, { succeeded: false, isGone: false, trigger: 'event', at: after(hour) });
    if (change === undefined) continue;
    health = { ...health, ...change.set };
    written.push([hour, change.kind]);
  }

  expect(written).toEqual([
    ...[0, 24, 48].map((hour) => [hour, 'failing']),
    [60, 'warned'],
    ...[72, 96].map((hour) => [hour, 'failing']),
    [108, 'warned'],
    [120, 'disabled'],
  ]);
});

test('whenever a warning says from when a failure disables the endpoint, that is true', () => {
  const times = [
    hourly(0, 119),
    [0, 24, 48, 72, 96, 120],
    [0, 24, 48, 90, 108, 115],
    [0, 200, 400, 600],
    [0, 30, 61, 99, 140],
  ];
  let shown = 0;
  for (const hours of times.flatMap((all) => all.map((_, index) => all.slice(0, index + 1)))) {
    const health = failAt(hours);
    const now = after(hours.at(-1)! + 0.5);
    const disablesAt = healthWarning(health, now)?.disables_at;
    if (disablesAt == null) continue;
    shown += 1;
    const inHours = (Date.parse(disablesAt) - Date.parse(since)) / 3_600_000;
    expect(failAt([inHours], health).status).toBe('disabled');
    // Once the time has passed, any failure disables, so it is shown as now.
    if (inHours === hours.at(-1)! + 0.5) continue;
    expect(failAt([inHours - 0.001], health).status).toBe('active');
  }
  expect(shown).toBeGreaterThan(10);
});

test('the first warning has no date, because it depends on the days to come', () => {
  expect(healthWarning(failAt(hourly(0, 59)), after(59))).toBeNull();
  expect(healthWarning(failAt(hourly(0, 60)), after(60))).toEqual({
    percent: 50,
    failing_since: since,
    disables_at: null,
  });
  expect(healthWarning(failAt(hourly(0, 108)), after(109))).toEqual({
    percent: 90,
    failing_since: since,
    disables_at: after(120).toISOString(),
  });
  expect(healthWarning({ ...failAt(hourly(0, 108)), status: 'disabled' }, after(109))).toBeNull();
});

test.each(['test', 'replay'] as const)('failures of a %s start no clock and do not count', (trigger) => {
  expect(failAt(hourly(0, 300), fresh, trigger)).toEqual(fresh);
  expect(failAt(hourly(61, 300), failAt([0, 24, 48]), trigger)).toEqual(failAt([0, 24, 48]));
});

test('one success of any kind clears all failures, and a healthy endpoint needs no write', () => {
  for (const trigger of ['event', 'test', 'replay'] as const) {
    const succeeded = { succeeded: true, isGone: false, trigger, at: after(119) };

    expect(judgeHealth(failAt(hourly(0, 118)), succeeded)).toEqual({ kind: 'recovered', set: healthy });
    expect(judgeHealth(fresh, succeeded)).toBeUndefined();
  }
});

test('only a successful test event enables a disabled endpoint', () => {
  const off = { ...failAt([0]), status: 'disabled' } as const;
  const of = (trigger: 'event' | 'test' | 'replay', succeeded: boolean) =>
    judgeHealth(off, { succeeded, isGone: false, trigger, at: after(1) });

  expect(of('test', true)).toMatchObject({ kind: 'enabled', set: fresh });
  expect([of('event', true), of('replay', true), of('test', false)]).toEqual([undefined, undefined, undefined]);
});

test('a row of an earlier release that was failing, and warned, is warned again before it is disabled', () => {
  const earlier: Health = { ...fresh, failing_since: since, warned_percent: 90 };

  expect(failAt([150], earlier)).toMatchObject({ status: 'active', failed_days: 2, warned_at: null });
  expect(healthWarning(earlier, after(119))).toEqual({ percent: 90, failing_since: since, disables_at: null });
  expect(failAt(hourly(110, 181), earlier).status).toBe('active');
  expect(failAt(hourly(110, 182), earlier)).toMatchObject({ status: 'disabled', disabled_reason: 'only_failures' });
});
