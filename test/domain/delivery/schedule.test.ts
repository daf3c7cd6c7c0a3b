import { execFileSync } from 'node:child_process';
import { parseRetrySeconds, retryDelaySeconds, retrySchedule } from '../../../functions/domain/delivery/schedule';

const at = new Date('2026-11-22T12:00:00.000Z');
const failed = (attemptsMade: number, status: number | null = 500, retryAfter: string | null = null) => ({
  attemptsMade,
  status,
  retryAfter,
  at,
});

test('retries follow after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h, as documented', () => {
  expect(retrySchedule).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 36_000]);
});

test('a retry is never early and at most a tenth late, and none follows the last one', () => {
  const delays = (random: number) =>
    [1, 2, 3].map((attemptsMade) => retryDelaySeconds([5, 300, 1800], failed(attemptsMade), () => random));

  expect(delays(0)).toEqual([5, 300, 1800]);
  expect(delays(1)).toEqual([6, 330, 1980]);
  expect(retryDelaySeconds([5, 300, 1800], failed(4), () => 0)).toBeUndefined();
});

test.each([
  [503, '120', 120],
  [429, '120', 120],
  [503, '1', 5],
  [503, '3600', 3600],
  [503, '86400', 3600],
  [503, 'Sun, 22 Nov 2026 12:10:00 GMT', 600],
  [503, 'Sun, 22 Nov 2026 11:00:00 GMT', 5],
  [503, 'soon', 5],
  [503, '-5', 5],
  [503, '', 5],
  [503, '99999999999999', 3600],
  [503, '9'.repeat(400), 3600],
  [503, '0000000120', 120],
  [503, '120.0', 120],
  [503, '119.2', 120],
  [503, ' 120 ', 120],
  [503, '1e3', 5],
  [503, '0x78', 5],
  [503, '120 seconds', 5],
  // The two older forms of RFC 9110, which recipients must accept.
  [503, 'Sunday, 22-Nov-26 12:10:00 GMT', 600],
  [503, 'Sun Nov 22 12:10:00 2026', 600],
  [503, 'Sun Nov  1 12:10:00 2026', 5],
  // More than 50 years ahead, so it was in 1994.
  [503, 'Sunday, 06-Nov-94 08:49:37 GMT', 5],
  [503, '2026-11-22T12:10:00Z', 600],
  [503, '2026-11-22T13:10:00+01:00', 600],
  // The time zone is missing, so it could be any time.
  [503, '2026-11-22T12:10:00', 5],
  [503, 'Sun, 22 Xyz 2026 12:10:00 GMT', 5],
  [500, '120', 5],
  [null, '120', 5],
])('after %s with Retry-After %j the next attempt comes in %i s', (status, retryAfter, expected) => {
  expect(retryDelaySeconds([5], failed(1, status, retryAfter), () => 0)).toBe(expected);
});

test('deliveries that were told the same time to wait come back spread over a tenth of it, and none too early', () => {
  const delays = Array.from({ length: 101 }, (_, n) => retryDelaySeconds([5], failed(1, 429, '600'), () => n / 100)!);

  expect([Math.min(...delays), Math.max(...delays)]).toEqual([600, 660]);
  expect(new Set(delays).size).toBeGreaterThan(50);
});

test.each(['America/New_York', 'Asia/Kolkata'])('a date without a time zone is UTC in %s too', (zone) => {
  const code = `
    const { retryAfterSeconds } = require('./functions/domain/delivery/retry-after');
    const at = new Date('2026-11-22T12:00:00Z');
    const forms = ['Sun Nov 22 12:10:00 2026', 'Sun, 22 Nov 2026 12:10:00 GMT', 'Sunday, 22-Nov-26 12:10:00 GMT'];
    console.log(new Date(0).getTimezoneOffset() !== 0, ...forms.map((form) => retryAfterSeconds(form, at)));`;
  const printed = execFileSync(process.execPath, ['--require', 'tsx/cjs', '-e', code], {
    env: { PATH: process.env['PATH'], TZ: zone },
    encoding: 'utf8',
  });

  expect(printed.trim()).toBe('true 600 600 600');
});

test('the local run can set its own shorter schedule', () => {
  expect(parseRetrySeconds('1,2,3')).toEqual([1, 2, 3]);
  expect(parseRetrySeconds(undefined)).toBe(retrySchedule);
  expect(parseRetrySeconds('')).toBe(retrySchedule);
  expect(() => parseRetrySeconds('1,two')).toThrow('RETRY_SECONDS must be whole seconds such as 1,2,3, not 1,two');
});
