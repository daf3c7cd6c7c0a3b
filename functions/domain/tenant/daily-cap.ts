import { nextDay, secondsUntil, utcDay } from '../day';
import { ProductError } from '../errors';
import { dailyCapOf, usedOn, type Tenant } from './tenant';

/** The page's words, used by every door. */
export const capReachedTitle = 'Daily workflow cap reached';

/**
 * The day a run accepted now counts on: the UTC day, or the day after it when another clock already counted there,
 * because days never go backwards along run numbers.
 */
export function countingDay(tenant: Tenant, now: Date): string {
  const today = utcDay(now);
  return tenant.used_by_day[nextDay(today)] === undefined ? today : nextDay(today);
}

/** @throws ProductError `daily_cap_reached` when `day` has no run left */
export function refuseAboveCap(tenant: Tenant, day: string, now: Date, supportEmail: string): void {
  const dailyCap = dailyCapOf(tenant, day, usedOn(tenant, day));
  if (dailyCap === null || dailyCap.used < dailyCap.cap) return;
  throw new ProductError(
    'daily_cap_reached',
    `${dailyCap.used} of ${dailyCap.cap} runs of ${day} (UTC) are used; nothing was started. The cap resets at ${dailyCap.resetsAt.toISOString()}. ` +
      `To raise it, upgrade the plan or write to ${supportEmail}.`,
    { dailyCap, retryAfterSeconds: secondsUntil(dailyCap.resetsAt, now) },
  );
}
