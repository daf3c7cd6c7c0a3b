import { retryAfterSeconds } from './retry-after';

/**
 * Seconds to wait after each failed attempt, so there is one attempt more than there are waits. docs/limits.md prints the
 * waits as times, with the number of attempts and how long all of them take.
 */
export const retrySchedule: readonly number[] = [5, 300, 1800, 7200, 18_000, 36_000, 36_000];

/**
 * Each wait is extended by up to this share, also one that a receiver asked for, so that deliveries that failed together
 * are not retried together. No retry comes earlier than scheduled or asked.
 */
export const jitter = 0.1;

/** A receiver may ask for a longer wait with `Retry-After`, up to this limit. */
export const maxRetryAfterSeconds = 3600;

/**
 * The longest delay of an SQS message:
 * docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export const maxQueueDelaySeconds = 900;

export interface FailedAttempt {
  /** The number of attempts made, including this one. */
  readonly attemptsMade: number;
  readonly status: number | null;
  /** The `Retry-After` header of the response, as sent. */
  readonly retryAfter: string | null;
  readonly at: Date;
}

/**
 * Whole seconds from a failed attempt to the next; undefined if the schedule is exhausted.
 *
 * @param random 0 to 1
 */
export function retryDelaySeconds(
  schedule: readonly number[],
  failed: FailedAttempt,
  random: () => number,
): number | undefined {
  const seconds = schedule[failed.attemptsMade - 1];
  if (seconds === undefined) return undefined;
  const asked = failed.status === 429 || failed.status === 503 ? retryAfterSeconds(failed.retryAfter, failed.at) : 0;
  return Math.round(Math.max(seconds, Math.min(asked, maxRetryAfterSeconds)) * (1 + jitter * random()));
}

/**
 * Parses the shorter schedule of the local run: whole seconds, separated by commas.
 *
 * @throws Error if it is not a list of whole seconds
 */
export function parseRetrySeconds(text: string | undefined): readonly number[] {
  if (text === undefined || text.trim() === '') return retrySchedule;
  const parts = text.split(',').map((part) => part.trim());
  if (!parts.every((part) => /^\d{1,6}$/.test(part)))
    throw new Error(`RETRY_SECONDS must be whole seconds such as 1,2,3, not ${text}`);
  return parts.map(Number);
}
