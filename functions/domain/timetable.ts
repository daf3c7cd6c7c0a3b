/**
 * When recovery takes up unfinished work, and how long a lease holds.
 *
 * Every row that is not finished carries `due_at`, and each minute recovery takes the rows whose `due_at` has passed. If
 * it is too early, recovery repeats work that is still under way, which is harmless and costs money; if it is too late,
 * interrupted work waits longer. A lease that is too short is worse: two processes then hold it at once. So each time is
 * derived from the timeouts that it has to outlast, and `test/domain/timetable.test.ts` holds the relations.
 *
 * Seconds, with today's timeouts:
 *
 * ```text
 * An Express run
 *   accepted ┬ 0       due_at = 90
 *            ├ 28      the request, which starts the execution, has ended
 *            ├ 88      a first segment that began by then has ended, and has moved due_at to s + 330
 *            ├ 90      START DUE: recovery starts a run that never began
 *    segment ├ s       its first segment writes; a run that should end 45 s before START DUE keeps that due_at instead
 *            ├ s + 300 its execution has ended
 *            ├ s + 330 EXPRESS DUE: recovery restarts it at its cursor, 330 s apart, five times at most
 *  execution ┬ x       begins
 *            ├ x + 200 HAND OVER: a segment that would begin later is left to the next execution
 *            ├ x + 296 a segment that began by then has ended, even if its first call timed out
 *  hand-over ┬ h       the last segment of an execution writes; due_at = h + 360
 *            ├ h + 31  the next execution has been started, if it can be
 *            ├ h + 331 that execution has ended
 *            ├ h + 360 HAND-OVER DUE: recovery restarts the run, unless that execution has handed it over again
 *      ended ├ e       due_at = e + 90 if the end is still to be published
 *            ├ e + 60  the function that ended it has ended
 *            ├ e + 90  PUBLISH DUE: recovery publishes the end event or writes the audit row
 *   deadline ┴         6 h after acceptance, plus its delays: recovery fails it with run_timed_out
 *
 * A delivery
 *        due ┬ 0       its message becomes visible; due_at = 120; an attempt claims it with a lease of 30
 *            ├ 30      the sender that received the message at once has ended
 *            ├ 60      so has every lease that this sender can have taken
 *            ├ 90      if due_at is this late already, it stays when the next attempt is planned
 *            └ 120     MESSAGE OVERDUE: each pass of recovery queues it again, until an attempt is recorded
 *
 * A tenant that counted a run
 *    counted ┬ 0       due_at = 60
 *            ├ 60      SETTLE: recovery notes the last run number; due_at = 120
 *            └ 120     SETTLE: each request up to the note has ended; recovery refunds the numbers without a run
 *
 * An Idempotency-Key
 *      taken ┬ 0       a request takes its lease of 60
 *            ├ 28      the request has ended
 *            └ 60      another request with the key may take it over
 *
 * Recovery leases the runs and tenants that it takes by moving their due_at 120 s ahead; if that pass dies, a later one
 * takes them again. It needs no lease for a delivery, because a second message for an attempt is dropped.
 * ```
 */

import { functionLimits, recoveryEveryMinutes } from '../contract/functions';
import { machineTimeoutSeconds, segmentCallTimeoutSeconds, segmentRetry, throttleRetry } from '../contract/machine';

const requestSeconds = Math.max(functionLimits['rest-api'].timeoutSeconds, functionLimits['mcp-server'].timeoutSeconds);
const segmentSeconds = functionLimits['run-segment'].timeoutSeconds;
const senderSeconds = functionLimits['deliver-webhook'].timeoutSeconds;
const passSeconds = functionLimits['recover-runs'].timeoutSeconds;
/** The longest time that the machine waits between all repeats of one call: 1 + 2 + 4 + 8 + 16 = 31 s. */
const retryWaitSeconds = Array.from(
  { length: segmentRetry.maxAttempts },
  (_, repeat) => segmentRetry.firstWaitSeconds * segmentRetry.backOffRate ** repeat,
).reduce((sum, seconds) => sum + seconds, 0);

/** A run that never began is started this long after its acceptance: its request and its first segment have ended. */
export const startDueSeconds = nextMultiple(30, requestSeconds + segmentSeconds);

/** An Express run is resumed this long after its first segment or a restart: its execution has ended, whatever it was doing. */
export const expressDueSeconds = nextMultiple(30, machineTimeoutSeconds.express);

/**
 * A segment of an Express run that would begin later than this, after its execution began, is left to the next
 * execution. What is left then is enough for a call that times out and for all waits before it is repeated.
 */
export const handOverAfterSeconds =
  machineTimeoutSeconds.express - nextMultiple(10, segmentCallTimeoutSeconds + retryWaitSeconds);

/** A run is resumed this long after it was handed over: the next execution has ended, even if its start was repeated. */
export const handOverDueSeconds = nextMultiple(30, retryWaitSeconds + machineTimeoutSeconds.express);

/**
 * A run that should end at least this long before its `due_at` keeps it, because moving `due_at` costs two index writes.
 * The margin covers every retry of a segment, and the segments' own work.
 */
export const expressMarginSeconds = nextMultiple(15, retryWaitSeconds);

/** By this time after the end of a delay, a Standard run's next segment has written, even if one call timed out. */
export const standardMarginSeconds = nextMultiple(60, 2 * segmentCallTimeoutSeconds + retryWaitSeconds);

/** By this time after a Standard run stopped in the middle of a segment, a throttled repeat and one more have ended. */
export const stoppedDueSeconds = nextMultiple(
  60,
  throttleRetry.longestWaitSeconds + 2 * segmentCallTimeoutSeconds + retryWaitSeconds,
);

/** If the end event or the audit row of an end is missing this long after the end, recovery writes it: its writer has ended. */
export const publishDueSeconds = nextMultiple(30, Math.max(segmentSeconds, requestSeconds, passSeconds));

/** For so long an item belongs to the recovery pass that took it; if the pass dies, the item is due again after this. */
export const recoveryLeaseSeconds = nextMultiple(60, passSeconds);

/** A Standard run that fails after its first restart waits this long, and twice as long after each further restart. */
export const firstRestartWaitSeconds = recoveryEveryMinutes * 60;

/** A run that is still open this long after its acceptance and its delays is failed with `run_timed_out`. */
export const deadlineGraceSeconds = 6 * 3600;

/** An Idempotency-Key belongs to one request for this long: when the lease runs out, the request has ended. */
export const idempotencyLeaseSeconds = nextMultiple(60, requestSeconds);

/** The place of an endpoint at a host is kept this long without its row: the request that writes the row has ended. */
export const hostPlaceSeconds = nextMultiple(60, requestSeconds);

/** Settlement waits this long after a count, and again after its note: every request that counted before has ended. */
export const settleAfterSeconds = nextMultiple(60, requestSeconds);

/**
 * A delivery belongs to one attempt for this long. Equal to the sender's timeout, because the lease is taken after the
 * sender began: when it runs out, the sender has ended.
 */
export const attemptLeaseSeconds = senderSeconds;

/** Recovery queues a delivery again if no attempt was recorded this long after it was due: no lease holds it any more. */
export const messageGraceSeconds = nextMultiple(60, senderSeconds + attemptLeaseSeconds);

/**
 * A delivery that waits for its next attempt keeps a `due_at` that is this long after it, because moving it costs two
 * index writes.
 */
export const messageMarginSeconds = nextMultiple(30, senderSeconds + attemptLeaseSeconds);

/**
 * Recovery takes up a delivery this long before its turn, if the turn was too far off for the queue: the pass that finds it
 * has ended by then, and has sent a message with the rest of the delay. It does not come late, when others have the turn.
 */
export const turnLeadSeconds = nextMultiple(60, recoveryEveryMinutes * 60 + passSeconds);

/** The nightly comparison reports what is due for longer than this: fifteen passes have failed to finish it. */
export const overdueMinutes = 15 * recoveryEveryMinutes;

/** The first multiple of `unit` after `seconds`. The rest allows for clocks that differ and calls that begin late. */
function nextMultiple(unit: number, seconds: number): number {
  return (Math.floor(seconds / unit) + 1) * unit;
}
