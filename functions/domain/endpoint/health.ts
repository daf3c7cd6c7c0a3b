import * as z from 'zod/mini';
import { addSeconds } from '../day';
import type { DisabledReason, Endpoint } from './endpoint';

const hourMs = 3_600_000;
/** Two failures are of separate days if at least so many hours are between them. */
const dayHours = 24;
/** An endpoint is disabled after this time without a success, and … */
export const failingHours = 5 * dayHours;
/** … after failures on so many separate days, because silence is not failure. */
export const failingDays = 5;
/** A failure disables only if the first warning is at least so old, so that somebody can act on it. */
export const warningHours = 12;

/** The warnings, the last one first: from which time of failing, and from how many separate days with a failure. */
export const warnings = [
  { percent: 90, hours: 0.9 * failingHours, days: failingDays - 1 },
  { percent: 50, hours: 0.5 * failingHours, days: 3 },
] as const;

/** A success clears all failures before it. */
export const healthy = {
  failing_since: null,
  failed_days: 0,
  failed_day_at: null,
  warned_percent: 0,
  warned_at: null,
} as const;

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

type Failures = Pick<Endpoint, 'failing_since' | 'failed_days' | 'failed_day_at' | 'warned_percent' | 'warned_at'>;
type Health = Pick<Endpoint, 'status'> & Failures;

/**
 * How an endpoint does, in one word. `failing`: its last attempt failed, and none has succeeded since the first failure.
 * The two ways of being disabled differ in whether somebody must look at it.
 */
export const healthStateSchema = z.enum(['healthy', 'failing', 'disabled_by_failures', 'disabled_by_request']);
export type HealthState = z.infer<typeof healthStateSchema>;

export function healthState(endpoint: Pick<Endpoint, 'status' | 'disabled_reason' | 'failing_since'>): HealthState {
  if (endpoint.status === 'active') return endpoint.failing_since === null ? 'healthy' : 'failing';
  return endpoint.disabled_reason === 'by_request' ? 'disabled_by_request' : 'disabled_by_failures';
}

/** The attributes that a verdict is judged by: it may be written only while none of them has changed. */
export const judgedBy = [
  'status',
  'address_mark',
  'failing_since',
  'failed_days',
  'failed_day_at',
  'warned_percent',
  'warned_at',
] as const satisfies readonly (keyof Endpoint)[];

/** What one attempt changes in the endpoint's health. */
export interface HealthChange {
  /**
   * `failing`: the first failure, or the first of another day. `warned`: a warning is given. `disabled`: by a 410 or after
   * too many failures. `recovered`: a success clears all failures. `enabled`: a disabled endpoint passed a test.
   */
  readonly kind: 'failing' | 'warned' | 'disabled' | 'recovered' | 'enabled';
  readonly set: Partial<Endpoint>;
}

/** What an attempt says of the endpoint. */
export interface HealthEvidence {
  readonly succeeded: boolean;
  /** The receiver answered 410. */
  readonly isGone: boolean;
  /** A test and a redelivery are made because a person asked; their failures do not count. */
  readonly trigger: 'event' | 'test' | 'replay';
  readonly at: Date;
}

/** Decides what one attempt changes in the endpoint's health; undefined if nothing, so that no write is made. */
export function judgeHealth(endpoint: Health, attempt: HealthEvidence): HealthChange | undefined {
  const at = attempt.at.toISOString();
  if (attempt.succeeded) {
    if (endpoint.status === 'disabled')
      return attempt.trigger === 'test' ? { kind: 'enabled', set: enabled } : undefined;
    return endpoint.failing_since === null ? undefined : { kind: 'recovered', set: healthy };
  }
  if (endpoint.status === 'disabled') return undefined;
  if (attempt.isGone) return { kind: 'disabled', set: disabled('receiver_gone', at) };
  return attempt.trigger === 'event' ? judgeFailure(endpoint, attempt.at) : undefined;
}

function judgeFailure(endpoint: Failures, failedAt: Date): HealthChange | undefined {
  const at = failedAt.toISOString();
  const disablesAt = disablingTime(endpoint);
  if (disablesAt !== undefined && failedAt >= disablesAt)
    return { kind: 'disabled', set: disabled('only_failures', at) };
  const day = countDay(endpoint, at);
  const since = endpoint.failing_since ?? at;
  const days = day?.failed_days ?? endpoint.failed_days;
  const due = warnings.find(({ hours, days: needed }) => hoursBetween(since, at) >= hours && days >= needed);
  // A row of an earlier release may say that it was warned, but not when. A warning without a time starts nothing.
  const known = endpoint.warned_at === null ? 0 : endpoint.warned_percent;
  if (due !== undefined && due.percent > known)
    return { kind: 'warned', set: { ...day, warned_percent: due.percent, warned_at: endpoint.warned_at ?? at } };
  return day && { kind: 'failing', set: day };
}

/**
 * Counts a failure if it is of another day than those before. A day is 24 h from the failure that was counted last, and not
 * a calendar day: the retries of one event span 28 h, which touch three calendar days.
 */
function countDay({ failing_since: since, failed_days: days, failed_day_at: dayAt }: Failures, at: string) {
  if (since === null) return { failing_since: at, failed_days: 1, failed_day_at: at };
  if (hoursBetween(dayAt ?? since, at) < dayHours) return undefined;
  // Rows of earlier releases have no count. Their first failure is known.
  return { failed_days: Math.max(days, 1) + 1, failed_day_at: at };
}

/**
 * The time from which a failure disables the endpoint. Undefined while a warning or failures on other days must come first:
 * all but the last of the days, which that failure itself may begin.
 */
function disablingTime(endpoint: Failures): Date | undefined {
  const { failing_since: since, failed_days: days, failed_day_at: dayAt, warned_at: warnedAt } = endpoint;
  if (since === null || dayAt === null || warnedAt === null || days < failingDays - 1) return undefined;
  const times = [addHours(since, failingHours), addHours(warnedAt, warningHours)];
  if (days < failingDays) times.push(addHours(dayAt, dayHours));
  return new Date(Math.max(...times.map((time) => time.getTime())));
}

/**
 * The last warning that was given. `disables_at` is the earliest time at which a failure disables the endpoint; null until
 * that is certain.
 */
export interface HealthWarning {
  readonly percent: 50 | 90;
  readonly failing_since: string;
  readonly disables_at: string | null;
}

export function healthWarning(endpoint: Health, now: Date): HealthWarning | null {
  const { status, failing_since: since, warned_percent: percent } = endpoint;
  const given = warnings.find((warning) => warning.percent === percent);
  if (status === 'disabled' || since === null || given === undefined) return null;
  const disablesAt = disablingTime(endpoint);
  const earliest = disablesAt && new Date(Math.max(disablesAt.getTime(), now.getTime())).toISOString();
  return { percent: given.percent, failing_since: since, disables_at: earliest ?? null };
}

function hoursBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / hourMs;
}

function addHours(at: string, hours: number): Date {
  return addSeconds(new Date(at), hours * 3600);
}
