import { addSeconds } from '../day';
import {
  type AttemptError,
  type AttemptTrigger,
  type DeliveryStatus,
  type EndedReason,
  messageDueAt,
} from './delivery';
import { maxQueueDelaySeconds, retryDelaySeconds } from './schedule';

/** The outcome of one attempt. */
export interface AttemptOutcome {
  readonly status: number | null;
  readonly retryAfter: string | null;
  readonly error: AttemptError | null;
}

/** The state of a delivery after an attempt. */
export interface Verdict {
  readonly status: DeliveryStatus;
  readonly endedReason: EndedReason | null;
  readonly nextAttemptAt: string | null;
  /** The time at which recovery queues the next attempt; null once the delivery has ended. */
  readonly dueAt: string | null;
  /**
   * Delay of the next attempt's message in seconds; null if none is sent, because the delivery ended or the delay is
   * too long for SQS.
   */
  readonly queueDelaySeconds: number | null;
}

interface Judged {
  readonly trigger: AttemptTrigger;
  /** The number of attempts made, including this one. */
  readonly attemptsMade: number;
  readonly outcome: AttemptOutcome;
  readonly at: Date;
  /** The time at which recovery would have queued this attempt. */
  readonly dueAt: string | undefined;
}

/**
 * Only 2xx is success. A refused target and a 410 end the delivery at once; tests and redeliveries end after their
 * single attempt; everything else ends when the schedule is exhausted.
 */
export function judgeAttempt(
  { trigger, attemptsMade, outcome, at, dueAt }: Judged,
  schedule: readonly number[],
  random: () => number,
): Verdict {
  if (outcome.error === null) return ended('delivered', null);
  if (outcome.error.class === 'blocked_address') return ended('blocked', 'url_refused');
  if (isGone(outcome)) return ended('failed', 'receiver_gone');
  const failed = { attemptsMade, status: outcome.status, retryAfter: outcome.retryAfter, at };
  const delaySeconds = trigger === 'event' ? retryDelaySeconds(schedule, failed, random) : undefined;
  if (delaySeconds === undefined) return ended('failed', 'attempts_exhausted');
  const nextAttemptAt = addSeconds(at, delaySeconds);
  const queued = delaySeconds <= maxQueueDelaySeconds;
  return {
    status: 'pending',
    endedReason: null,
    nextAttemptAt: nextAttemptAt.toISOString(),
    // If a message is queued, recovery only checks later that it arrived; if not, recovery sends it at this time.
    dueAt: queued ? messageDueAt(nextAttemptAt, dueAt) : nextAttemptAt.toISOString(),
    queueDelaySeconds: queued ? delaySeconds : null,
  };
}

/** 410 Gone: the receiver says that it will never accept webhooks again. */
export function isGone(outcome: AttemptOutcome): boolean {
  return outcome.error?.class === 'http_status' && outcome.status === 410;
}

/** Ends a delivery without an attempt, because its endpoint accepts none. */
export function ended(status: DeliveryStatus, endedReason: EndedReason | null): Verdict {
  return { status, endedReason, nextAttemptAt: null, dueAt: null, queueDelaySeconds: null };
}
