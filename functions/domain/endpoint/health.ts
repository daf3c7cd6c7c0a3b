import { addSeconds } from '../day';
import type { DisabledReason, Endpoint } from './endpoint';

const dayHours = 24;
/** An endpoint is disabled after this time without a success. */
export const failingHours = 5 * dayHours;
export const warnAtPercent = [90, 50] as const;

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

/** Disables an endpoint. It is announced afterwards, so that nothing is lost if the process dies in between. */
export function disabled(reason: DisabledReason, at: string) {
  return { status: 'disabled', disabled_reason: reason, disabled_at: at, disabling_announced: false } as const;
}

/** The attributes that a verdict is judged by: it may be written only while none of them has changed. */
export const judgedBy = ['status', 'address_mark', 'failing_since', 'warned_percent'] as const;

/** What one attempt changes in the endpoint's health. */
export interface HealthChange {
  /**
   * `failing`: a failure starts the clock. `warned`: a warning is given. `disabled`: by a 410 or after too many failures.
   * `recovered`: a success clears the clock. `enabled`: a disabled endpoint passed a test.
   */
  readonly kind: 'failing' | 'warned' | 'disabled' | 'recovered' | 'enabled';
  readonly set: Partial<Endpoint>;
}

type Health = Pick<Endpoint, 'status' | 'failing_since' | 'warned_percent'>;

/** What an attempt says of the endpoint. */
export interface HealthEvidence {
  readonly succeeded: boolean;
  /** The receiver answered 410. */
  readonly isGone: boolean;
  readonly isTest: boolean;
  readonly at: Date;
}

/** Decides what one attempt changes in the endpoint's health; undefined if nothing, so that no write is made. */
export function judgeHealth(endpoint: Health, attempt: HealthEvidence): HealthChange | undefined {
  const at = attempt.at.toISOString();
  if (attempt.succeeded) {
    if (endpoint.status === 'disabled') return attempt.isTest ? { kind: 'enabled', set: enabled } : undefined;
    return endpoint.failing_since === null ? undefined : { kind: 'recovered', set: healthy };
  }
  if (endpoint.status === 'disabled') return undefined;
  if (attempt.isGone) return { kind: 'disabled', set: disabled('receiver_gone', at) };
  if (endpoint.failing_since === null) return { kind: 'failing', set: { failing_since: at } };
  const percent = percentOfLimit(endpoint.failing_since, attempt.at);
  if (percent >= 100) return { kind: 'disabled', set: disabled('only_failures', at) };
  const reached = warnAtPercent.find((mark) => percent >= mark);
  return reached !== undefined && endpoint.warned_percent < reached
    ? { kind: 'warned', set: { warned_percent: reached } }
    : undefined;
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
