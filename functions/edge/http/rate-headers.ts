import { secondsUntil } from '../../domain/day';
import type { Rate } from '../../domain/errors';

/**
 * `RateLimit` and `RateLimit-Policy` of draft-ietf-httpapi-ratelimit-headers for a rate that was exceeded. The policy has
 * another name than that of the daily run cap, `daily-runs`, because the two have nothing to do with each other.
 */
export function rateHeaders({ limit, windowSeconds, resetsAt }: Rate, now: Date): Record<string, string> {
  return {
    'ratelimit-policy': `"requests";q=${limit};w=${windowSeconds}`,
    ratelimit: `"requests";r=0;t=${secondsUntil(resetsAt, now)}`,
  };
}
