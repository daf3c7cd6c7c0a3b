import * as z from 'zod/mini';
import { boundsOfDay } from '../day';
import { capNow, runsLeft } from './daily-cap';
import { planSchema } from './plan';
import type { Tenant } from './tenant';

export const historyDays = 30;

/** Today's runs and the cap, and the days before. `cap` and `remaining` are null if unlimited. */
export const usageViewSchema = z.object({
  plan: planSchema,
  day: z.string(),
  used: z.int(),
  cap: z.nullable(z.int()),
  remaining: z.nullable(z.int()),
  /** The first instant of `day`; its runs were created from then on, and before `resets_at`. */
  starts_at: z.string(),
  resets_at: z.string(),
  /** Days with runs, newest first, including today. */
  history: z.array(z.object({ day: z.string(), used: z.int() })),
});
export type UsageView = z.infer<typeof usageViewSchema>;

export function viewUsage(tenant: Tenant, now: Date): UsageView {
  const { day, used, state: dailyCap } = capNow(tenant, now);
  const { start, end } = boundsOfDay(day);
  const history = Object.entries(tenant.used_by_day)
    // All admissions of a day may have been refunded.
    .filter(([, count]) => count > 0)
    .map(([on, count]) => ({ day: on, used: count }))
    .sort((a, b) => b.day.localeCompare(a.day))
    .slice(0, historyDays);
  return {
    plan: tenant.plan,
    day,
    used,
    cap: dailyCap?.cap ?? null,
    remaining: dailyCap === null ? null : runsLeft(dailyCap),
    starts_at: start.toISOString(),
    resets_at: end.toISOString(),
    history,
  };
}
