import { nextDay, secondsUntil, utcDay } from '../day';
import { ProductError, type DailyCapState } from '../errors';
import { dailyCapOf, type Tenant } from './tenant';

/** The title of the refusal, the same at every door. */
export const capReachedTitle = 'Daily workflow cap reached';

export interface CapNow {
  /**
   * The day that a run accepted now counts on: the UTC day, or the next day if another clock has already counted a run
   * there, because days never go backwards along run numbers.
   */
  readonly day: string;
  /** Runs counted on that day. */
  readonly used: number;
  /** Those against the cap; null when the tenant has none. */
  readonly state: DailyCapState | null;
}

/** Where the tenant stands, as far as its item says that was read. */
export function capNow(tenant: Tenant, now: Date): CapNow {
  const today = utcDay(now);
  const day = tenant.used_by_day[nextDay(today)] === undefined ? today : nextDay(today);
  const used = tenant.used_by_day[day] ?? 0;
  return { day, used, state: dailyCapOf(tenant, day, used) };
}

/** Runs that the cap still allows on its day. Zero, not less, when the cap was lowered below the runs already counted. */
export function runsLeft({ cap, used }: DailyCapState): number {
  return Math.max(0, cap - used);
}

/** @throws ProductError `daily_cap_reached` when the day a run accepted now would count on has none left */
export function refuseAboveCap(tenant: Tenant, now: Date, supportEmail: string): void {
  const { day, state: dailyCap } = capNow(tenant, now);
  if (dailyCap === null || runsLeft(dailyCap) > 0) return;
  throw new ProductError(
    'daily_cap_reached',
    `${dailyCap.used} of ${dailyCap.cap} runs of ${day} (UTC) are used; nothing was started. The cap resets at ${dailyCap.resetsAt.toISOString()}. ` +
      `To raise it, upgrade the plan or write to ${supportEmail}.`,
    { dailyCap, retryAfterSeconds: secondsUntil(dailyCap.resetsAt, now) },
  );
}
