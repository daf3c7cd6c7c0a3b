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
  [503, '99999999999999', 5],
  [500, '120', 5],
  [null, '120', 5],
])('after %s with Retry-After %j the next attempt comes in %i s', (status, retryAfter, expected) => {
  expect(retryDelaySeconds([5], failed(1, status, retryAfter), () => 0)).toBe(expected);
});

test('the local run can set its own shorter schedule', () => {
  expect(parseRetrySeconds('1,2,3')).toEqual([1, 2, 3]);
  expect(parseRetrySeconds(undefined)).toBe(retrySchedule);
  expect(parseRetrySeconds('')).toBe(retrySchedule);
  expect(() => parseRetrySeconds('1,two')).toThrow('RETRY_SECONDS must be whole seconds such as 1,2,3, not 1,two');
});
