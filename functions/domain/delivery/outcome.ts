import { addSeconds } from '../day';
import {
  type AttemptError,
  type AttemptTrigger,
  type DeliveryStatus,
  type EndedReason,
  messageDueAt,
} from './delivery';
import { maxQueueDelaySeconds, retryDelaySeconds } from './schedule';

/** What came back from one attempt. */
export interface AttemptOutcome {
  readonly status: number | null;
  readonly retryAfter: string | null;
  readonly error: AttemptError | null;
}

/** Where a delivery stands after an attempt. */
export interface Verdict {
  readonly status: DeliveryStatus;
  readonly endedReason: EndedReason | null;
  readonly nextAttemptAt: string | null;
  /** When recovery queues the next attempt; null when the delivery ended. */
  readonly dueAt: string | null;
  /** Seconds for the queue to hold the next attempt's message; null when none is sent: ended, or too far off for SQS. */
  readonly queueDelaySeconds: number | null;
}

interface Judged {
  readonly trigger: AttemptTrigger;
  /** Attempts made, this one included. */
  readonly attemptsMade: number;
  readonly outcome: AttemptOutcome;
  readonly at: Date;
}

/**
 * Success is 2xx and nothing else. A refused target and 410 end the delivery at once, tests and replays after their one
 * attempt, everything else when the schedule is exhausted.
 */
export function judgeAttempt(
  { trigger, attemptsMade, outcome, at }: Judged,
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
    // With a message on its way recovery is the second pair of eyes; without one it is the alarm clock.
    dueAt: queued ? messageDueAt(nextAttemptAt) : nextAttemptAt.toISOString(),
    queueDelaySeconds: queued ? delaySeconds : null,
  };
}

/** 410: the receiver says it will never come back. */
export function isGone(outcome: AttemptOutcome): boolean {
  return outcome.error?.class === 'http_status' && outcome.status === 410;
}

/** An end without any attempt, for deliveries whose endpoint takes none. */
export function ended(status: DeliveryStatus, endedReason: EndedReason | null): Verdict {
  return { status, endedReason, nextAttemptAt: null, dueAt: null, queueDelaySeconds: null };
}
