import { secondsUntil } from '../../domain/day';
import type { DailyCapState } from '../../domain/errors';
import { runsLeft } from '../../domain/tenant/daily-cap';

/**
 * `RateLimit` and `RateLimit-Policy` of draft-ietf-httpapi-ratelimit-headers: the daily run cap, `t` seconds to its
 * reset.
 */
export function dailyCapHeaders(dailyCap: DailyCapState, now: Date): Record<string, string> {
  return {
    'ratelimit-policy': `"daily-runs";q=${dailyCap.cap};w=86400`,
    ratelimit: `"daily-runs";r=${runsLeft(dailyCap)};t=${secondsUntil(dailyCap.resetsAt, now)}`,
  };
}
