import { healthWarning, judgeHealth } from '../../../functions/domain/endpoint/health';

const since = '2026-11-22T12:00:00.000Z';
const after = (hours: number) => new Date(Date.parse(since) + hours * 3_600_000);
const failing = { status: 'active', failing_since: since, warned_percent: 0 } as const;
const failedAt = (hours: number) => ({ succeeded: false, isTest: false, at: after(hours) });

test('an endpoint counts as failing from its first failed attempt', () => {
  expect(judgeHealth({ status: 'active', failing_since: null, warned_percent: 0 }, failedAt(0))).toEqual({
    kind: 'failing',
    since,
  });
});

test.each([
  [59.9, 0, undefined],
  [60, 0, { kind: 'warn', percent: 50 }],
  [60, 50, undefined],
  [107.9, 50, undefined],
  [108, 50, { kind: 'warn', percent: 90 }],
  [110, 90, undefined],
  [110, 0, { kind: 'warn', percent: 90 }],
  [119.999, 90, undefined],
  [120, 90, { kind: 'disable' }],
  [500, 0, { kind: 'disable' }],
])('a failure %d hours after the first, warned at %i %%, changes %j', (hours, warned, expected) => {
  expect(judgeHealth({ ...failing, warned_percent: warned }, failedAt(hours))).toEqual(expected);
});

test('one success ends the failing period, and a healthy endpoint needs no write', () => {
  const succeeded = { succeeded: true, isTest: false, at: after(119) };

  expect(judgeHealth(failing, succeeded)).toEqual({ kind: 'recovered' });
  expect(judgeHealth({ ...failing, failing_since: null }, succeeded)).toBeUndefined();
});

test('only a successful test event enables a disabled endpoint', () => {
  const disabled = { ...failing, status: 'disabled' } as const;

  expect(judgeHealth(disabled, { succeeded: true, isTest: true, at: after(1) })).toEqual({ kind: 'enable' });
  expect(judgeHealth(disabled, { succeeded: true, isTest: false, at: after(1) })).toBeUndefined();
  expect(judgeHealth(disabled, { succeeded: false, isTest: true, at: after(200) })).toBeUndefined();
});

test('the endpoint shows a warning after half of the time, with the time at which it will be disabled', () => {
  expect(healthWarning(failing, after(59))).toBeNull();
  expect(healthWarning(failing, after(61))).toEqual({
    percent: 50,
    failing_since: since,
    disables_at: after(120).toISOString(),
  });
  expect(healthWarning(failing, after(119))?.percent).toBe(90);
  expect(healthWarning({ ...failing, status: 'disabled' }, after(61))).toBeNull();
  expect(healthWarning({ ...failing, failing_since: null }, after(61))).toBeNull();
});
