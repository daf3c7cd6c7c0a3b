import { addSeconds } from '../day';
import { turnLeadSeconds } from '../timetable';
import { messageDueAt } from './delivery';
import type { Verdict } from './outcome';
import { maxQueueDelaySeconds } from './schedule';

/**
 * How a delivery comes back at its turn, which is a whole second. The message is delayed by whole seconds, so it comes
 * within the second of its turn. If that is too far off for the queue, recovery sends the message, early enough to give it
 * the rest of the delay.
 *
 * @param dueAt the time at which recovery would have queued this attempt
 */
export function waitUntil(
  turn: Date,
  now: Date,
  dueAt?: string,
): Pick<Verdict, 'queueDelaySeconds'> & { readonly dueAt: string } {
  const delaySeconds = Math.max(1, turn.getTime() / 1000 - Math.floor(now.getTime() / 1000));
  return delaySeconds <= maxQueueDelaySeconds
    ? { queueDelaySeconds: delaySeconds, dueAt: messageDueAt(turn, dueAt) }
    : { queueDelaySeconds: null, dueAt: addSeconds(turn, -turnLeadSeconds).toISOString() };
}
