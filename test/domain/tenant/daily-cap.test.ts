import { addSeconds, daysBefore, nextDay, secondsUntil, utcDay, boundsOfDay } from '../../../functions/domain/day';
import { refuseAboveCap, capNow } from '../../../functions/domain/tenant/daily-cap';
import { viewUsage } from '../../../functions/domain/tenant/usage';
import { aTenant, noon } from '../../support/builders';

const lastMoment = new Date('2026-11-22T23:59:59.999Z');
const midnight = new Date('2026-11-23T00:00:00.000Z');

describe('a day', () => {
  it.each([
    ['2026-11-22T23:59:59.999Z', '2026-11-22'],
    ['2026-11-23T00:00:00.000Z', '2026-11-23'],
    ['2026-11-23T13:59:59+14:00', '2026-11-22'],
    ['2026-11-22T13:00:00-11:00', '2026-11-23'],
    ['2028-02-29T12:00:00Z', '2028-02-29'],
  ])('is the UTC calendar day, wherever the tenant lives: %s is %s', (at, day) => {
    expect(utcDay(new Date(at))).toBe(day);
  });

  it.each([
    ['2026-11-22', '2026-11-23'],
    ['2026-12-31', '2027-01-01'],
    ['2028-02-28', '2028-02-29'],
    ['2028-02-29', '2028-03-01'],
    ['2026-03-29', '2026-03-30'],
  ])('%s is followed by %s', (day, next) => {
    expect(nextDay(day)).toBe(next);
    expect(boundsOfDay(day)).toEqual({
      start: new Date(`${day}T00:00:00.000Z`),
      end: new Date(`${next}T00:00:00.000Z`),
    });
    expect(daysBefore(next, 1)).toBe(day);
  });

  it('ends in a whole number of seconds, rounded up and never negative', () => {
    expect(secondsUntil(midnight, lastMoment)).toBe(1);
    expect(secondsUntil(midnight, midnight)).toBe(0);
    expect(secondsUntil(midnight, addSeconds(midnight, 5))).toBe(0);
  });
});

describe('the day a run counts on', () => {
  it('is the UTC day', () => {
    expect(capNow(aTenant(), lastMoment).day).toBe('2026-11-22');
    expect(capNow(aTenant({ used_by_day: { '2026-11-22': 5 } }), midnight).day).toBe('2026-11-23');
  });

  it('is the next day if another clock has already counted a run on it', () => {
    expect(capNow(aTenant({ used_by_day: { '2026-11-23': 0 } }), lastMoment).day).toBe('2026-11-23');
  });
});

describe('the daily cap', () => {
  const used = (count: number, overrides = {}) => aTenant({ used_by_day: { '2026-11-22': count }, ...overrides });
  const refuse =
    (tenant: ReturnType<typeof aTenant>, at = noon) =>
    () =>
      refuseAboveCap(tenant, at, 'help@acme.example');

  it('allows the last run of the day and refuses the next one', () => {
    expect(refuse(used(999))).not.toThrow();
    expect(refuse(used(1000))).toThrow(expect.objectContaining({ code: 'daily_cap_reached' }));
  });

  it('says that nothing was started, when it resets, and how to raise it', () => {
    expect(refuse(used(1000))).toThrow(
      expect.objectContaining({
        message:
          '1000 of 1000 runs of 2026-11-22 (UTC) are used; nothing was started. The cap resets at 2026-11-23T00:00:00.000Z. ' +
          'To raise it, upgrade the plan or write to help@acme.example.',
        retryAfterSeconds: 12 * 3600,
        dailyCap: { cap: 1000, used: 1000, resetsAt: midnight },
      }),
    );
  });

  it('starts again at 00:00:00.000 UTC', () => {
    expect(refuse(used(1000), lastMoment)).toThrow(expect.objectContaining({ code: 'daily_cap_reached' }));
    expect(refuse(used(1000), midnight)).not.toThrow();
  });

  it('of an unlimited tenant is never reached, even if a number is stored too', () => {
    expect(refuse(used(1_000_000, { plan: 'custom', unlimited: true, daily_cap: 0 }))).not.toThrow();
  });

  it('of 0 is reached before the first run', () => {
    expect(refuse(aTenant({ plan: 'custom', unlimited: false, daily_cap: 0 }))).toThrow(
      expect.objectContaining({ code: 'daily_cap_reached' }),
    );
  });

  it('that was lowered below the used number is reached', () => {
    expect(refuse(used(60, { daily_cap: 50 }))).toThrow(expect.objectContaining({ code: 'daily_cap_reached' }));
  });
});

describe('usage', () => {
  it('shows today and the cap, and the days before, newest first', () => {
    const tenant = aTenant({
      plan: 'growth',
      unlimited: false,
      daily_cap: 100,
      used_by_day: { '2026-11-20': 3, '2026-11-22': 40 },
    });

    expect(viewUsage(tenant, noon)).toEqual({
      plan: 'growth',
      day: '2026-11-22',
      used: 40,
      cap: 100,
      remaining: 60,
      starts_at: '2026-11-22T00:00:00.000Z',
      resets_at: '2026-11-23T00:00:00.000Z',
      history: [
        { day: '2026-11-22', used: 40 },
        { day: '2026-11-20', used: 3 },
      ],
    });
  });

  it('of an unlimited tenant has neither cap nor remaining', () => {
    const tenant = aTenant({ plan: 'custom', unlimited: true, used_by_day: { '2026-11-22': 5000 } });

    expect(viewUsage(tenant, noon)).toMatchObject({ used: 5000, cap: null, remaining: null });
  });

  it('of a tenant whose cap is 0 has 0 remaining, and is not unlimited', () => {
    expect(viewUsage(aTenant({ unlimited: false, daily_cap: 0 }), noon)).toMatchObject({ cap: 0, remaining: 0 });
  });

  it('never shows a negative number of remaining runs', () => {
    expect(viewUsage(aTenant({ daily_cap: 10, used_by_day: { '2026-11-22': 12 } }), noon).remaining).toBe(0);
  });

  it('leaves out days without a run', () => {
    expect(viewUsage(aTenant({ used_by_day: { '2026-11-21': 0 } }), noon).history).toEqual([]);
  });

  it('goes back 30 days at most', () => {
    const days = Object.fromEntries(
      Array.from({ length: 36 }, (_, back) => [daysBefore('2026-11-22', back), 1] as const),
    );

    expect(viewUsage(aTenant({ used_by_day: days }), noon).history).toHaveLength(30);
  });
});
