import { addSeconds } from '../day';
import type { Endpoint } from './endpoint';

const dayHours = 24;
/** An endpoint is disabled after this time without a success. */
export const failingHours = 5 * dayHours;
export const warnAtPercent = [90, 50] as const;

/** What one attempt changes in the endpoint's health. */
export type HealthChange =
  /** The first failure after a success starts the clock. */
  | { readonly kind: 'failing'; readonly since: string }
  | { readonly kind: 'warn'; readonly percent: 50 | 90 }
  | { readonly kind: 'disable' }
  /** A success clears the clock. */
  | { readonly kind: 'recovered' }
  /** A passing test of a disabled endpoint. */
  | { readonly kind: 'enable' };

/** A success clears all failures before it. */
export const healthy = { failing_since: null, warned_percent: 0 } as const;

/** An endpoint that is enabled starts without failures. */
export const enabled = {
  ...healthy,
  status: 'active',
  disabled_reason: null,
  disabled_at: null,
  disabling_announced: true,
} as const;

type Health = Pick<Endpoint, 'status' | 'failing_since' | 'warned_percent'>;

/** Decides what one attempt changes in the endpoint's health; undefined if nothing, so that no write is made. */
export function judgeHealth(
  endpoint: Health,
  attempt: { succeeded: boolean; isTest: boolean; at: Date },
): HealthChange | undefined {
  if (attempt.succeeded) {
    if (endpoint.status === 'disabled') return attempt.isTest ? { kind: 'enable' } : undefined;
    return endpoint.failing_since === null ? undefined : { kind: 'recovered' };
  }
  if (endpoint.status === 'disabled') return undefined;
  if (endpoint.failing_since === null) return { kind: 'failing', since: attempt.at.toISOString() };
  const percent = percentOfLimit(endpoint.failing_since, attempt.at);
  if (percent >= 100) return { kind: 'disable' };
  const reached = warnAtPercent.find((mark) => percent >= mark);
  return reached !== undefined && endpoint.warned_percent < reached ? { kind: 'warn', percent: reached } : undefined;
}

/**
 * The warning shown with an endpoint once half of the time has passed: when it will be disabled unless an attempt
 * succeeds.
 */
export function healthWarning(
  endpoint: Health,
  now: Date,
): { percent: 50 | 90; failing_since: string; disables_at: string } | null {
  if (endpoint.status === 'disabled' || endpoint.failing_since === null) return null;
  const percent = percentOfLimit(endpoint.failing_since, now);
  const reached = warnAtPercent.find((mark) => percent >= mark);
  if (reached === undefined) return null;
  const disablesAt = addSeconds(new Date(endpoint.failing_since), failingHours * 3600);
  return { percent: reached, failing_since: endpoint.failing_since, disables_at: disablesAt.toISOString() };
}

function percentOfLimit(since: string, at: Date): number {
  return ((at.getTime() - Date.parse(since)) / (failingHours * 3_600_000)) * 100;
}
