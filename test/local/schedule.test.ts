import { readSchedule } from '../../local/events/schedule';

const hourMs = 3_600_000;

test.each([
  ['rate(1 minute)', 60_000],
  ['rate(5 minutes)', 300_000],
  ['rate(2 hours)', 2 * hourMs],
  ['rate(1 day)', 24 * hourMs],
])('%s is that long, whenever it begins', (expression, expected) => {
  expect(readSchedule(expression)(Date.parse('2026-11-30T12:34:56Z'))).toBe(expected);
});

test.each([
  ['2026-11-30T01:17:00Z', 1 * hourMs],
  ['2026-11-30T02:16:59.999Z', 1],
  ['2026-11-30T02:17:00Z', 24 * hourMs],
  ['2026-11-30T23:17:00Z', 3 * hourMs],
])('each day has one event at the time that cron names: after %s it comes in %d ms', (now, expected) => {
  expect(readSchedule('cron(17 2 * * ? *)')(Date.parse(now))).toBe(expected);
});

test.each(['cron(17 2 ? * MON *)', 'cron(0/5 * * * ? *)', 'at(2026-11-30T00:00:00)', 'rate(0 minutes)', ''])(
  '%p is an error, because it would never come or come at another time',
  (expression) => {
    expect(() => readSchedule(expression)).toThrow('supports only rate(…) and cron(<minute> <hour> * * ? *)');
  },
);
