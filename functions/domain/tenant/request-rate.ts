import { secondsUntil } from '../day';
import { ProductError } from '../errors';

/** Requests are counted by the minute of UTC. */
const rateWindowSeconds = 60;

/** What counts a request: the tenant, and within it the token or person, named by the id of the credential. */
export type RateScope = 'tenant' | (string & {});

/**
 * A token or person may use this share of the tenant's rate, so that a program in a loop leaves room for the dashboard and
 * for the tenant's other programs.
 */
const credentialShare = 0.5;

export function limitIn(scope: RateScope, tenantLimit: number): number {
  return scope === 'tenant' ? tenantLimit : Math.ceil(tenantLimit * credentialShare);
}

/** A minute of UTC, as `2026-11-29T12:34`. */
export function rateWindow(now: Date): { readonly name: string; readonly resetsAt: Date } {
  const window = Math.floor(now.getTime() / (rateWindowSeconds * 1000));
  const at = (index: number) => new Date(index * rateWindowSeconds * 1000);
  return { name: at(window).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length), resetsAt: at(window + 1) };
}

/**
 * How many further requests a function instance takes from the shared count at once. It doubles with what the instance has
 * taken in this minute, so a busy instance writes a few times a minute, and what instances hold unused is never more than
 * what they used: the limit is met within a factor of two. Near the limit a lease is a twentieth of it at most.
 */
export function leaseSize(taken: number, limit: number): number {
  return Math.max(1, Math.min(taken, Math.ceil(limit / 20)));
}

export function rateLimited(scope: RateScope, limit: number, resetsAt: Date, now: Date): ProductError {
  const whose = scope === 'tenant' ? 'This tenant' : 'This token or person';
  return new ProductError(
    'rate_limited',
    `${whose} may send ${limit} requests a minute; nothing was done. Send the request again at ${resetsAt.toISOString()}, and fewer of them. This is not the daily run cap.`,
    {
      retryAfterSeconds: Math.max(1, secondsUntil(resetsAt, now)),
      rate: { limit, windowSeconds: rateWindowSeconds, resetsAt },
    },
  );
}
