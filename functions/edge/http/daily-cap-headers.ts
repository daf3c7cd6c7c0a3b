import { secondsUntil } from '../../domain/day';
import type { DailyCapState } from '../../domain/errors';

/**
 * `RateLimit` and `RateLimit-Policy` of draft-ietf-httpapi-ratelimit-headers: the daily run cap, `t` seconds to its
 * reset.
 */
export function dailyCapHeaders(dailyCap: DailyCapState, now: Date): Record<string, string> {
  const remaining = Math.max(0, dailyCap.cap - dailyCap.used);
  return {
    'ratelimit-policy': `"daily-runs";q=${dailyCap.cap};w=86400`,
    ratelimit: `"daily-runs";r=${remaining};t=${secondsUntil(dailyCap.resetsAt, now)}`,
  };
}
