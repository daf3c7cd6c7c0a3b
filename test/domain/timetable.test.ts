import { functionLimits, recoveryBudgetSeconds, recoveryEveryMinutes } from '../../functions/contract/functions';
import {
  machineTimeoutSeconds,
  segmentCallTimeoutSeconds,
  segmentRetry,
  segmentTime,
  throttleRetry,
} from '../../functions/contract/machine';
import * as timetable from '../../functions/domain/timetable';
import { recipeLimits } from '../../functions/domain/workflow/recipe';
import { sendLimits } from '../../functions/deliver-webhook/send-webhook';
import { maxRestarts } from '../../functions/recover-runs/recover-run';

const timeout = (name: keyof typeof functionLimits) => functionLimits[name].timeoutSeconds;
const request = Math.max(timeout('rest-api'), timeout('mcp-server'));
let retryWaits = 0;
for (let wait: number = segmentRetry.firstWaitSeconds, n = 0; n < segmentRetry.maxAttempts; n += 1) {
  retryWaits += wait;
  wait *= segmentRetry.backOffRate;
}

test('the times are those that the picture of the timetable shows', () => {
  expect({ ...timetable }).toEqual({
    startDueSeconds: 90,
    expressDueSeconds: 330,
    expressMarginSeconds: 45,
    handOverAfterSeconds: 200,
    handOverDueSeconds: 360,
    standardMarginSeconds: 180,
    stoppedDueSeconds: 240,
    publishDueSeconds: 90,
    recoveryLeaseSeconds: 120,
    firstRestartWaitSeconds: 60,
    deadlineGraceSeconds: 21_600,
    idempotencyLeaseSeconds: 60,
    settleAfterSeconds: 60,
    attemptLeaseSeconds: 30,
    messageGraceSeconds: 120,
    messageMarginSeconds: 90,
    overdueMinutes: 15,
    hostPlaceSeconds: 60,
    turnLeadSeconds: 180,
  });
});

describe('a run', () => {
  test('is taken for one that never began only after its request and a first segment have had their time', () => {
    expect(timetable.startDueSeconds).toBeGreaterThan(request + timeout('run-segment'));
  });

  test('is resumed on Express only after its execution has ended', () => {
    expect(timetable.expressDueSeconds).toBeGreaterThan(machineTimeoutSeconds.express);
  });

  test('that keeps the due time of its acceptance may repeat a segment as often as the machine does', () => {
    expect(timetable.expressMarginSeconds).toBeGreaterThan(retryWaits);
    expect(timetable.expressMarginSeconds).toBeLessThan(timetable.startDueSeconds);
  });

  test('is handed over while its execution has time for a call that times out and for all repeats', () => {
    expect(timetable.handOverAfterSeconds + segmentCallTimeoutSeconds + retryWaits).toBeLessThan(
      machineTimeoutSeconds.express,
    );
  });

  test('goes on for longer in an execution than the longest delay and a call take, so that it gets on', () => {
    expect(timetable.handOverAfterSeconds).toBeGreaterThan(
      2 * (recipeLimits.delaySeconds.max + segmentCallTimeoutSeconds),
    );
  });

  test('that was handed over is resumed only after the next execution has ended, even if its start was repeated', () => {
    expect(timetable.handOverDueSeconds).toBeGreaterThan(retryWaits + machineTimeoutSeconds.express);
  });

  test('with the longest legal delays ends within a Standard execution, repeats included', () => {
    const delays = recipeLimits.steps * recipeLimits.delaySeconds.max;

    expect(delays + retryWaits).toBeLessThan(machineTimeoutSeconds.standard);
  });

  test('on Standard is resumed only after a call that timed out and the call that repeats it', () => {
    expect(timetable.standardMarginSeconds).toBeGreaterThan(2 * segmentCallTimeoutSeconds + retryWaits);
  });

  test('that was throttled on Standard is not started a second time while the machine still waits to repeat its call', () => {
    expect(timetable.stoppedDueSeconds).toBeGreaterThan(
      throttleRetry.longestWaitSeconds + 2 * segmentCallTimeoutSeconds + retryWaits,
    );
  });

  test('that is throttled has its progress recorded before Lambda ends the call', () => {
    const { patienceUntil, lastStepAt, recordUntil } = segmentTime;

    expect([patienceUntil, lastStepAt, recordUntil]).toEqual([patienceUntil, lastStepAt, recordUntil].toSorted());
    expect(recordUntil + 10).toBeLessThan(timeout('run-segment'));
  });

  test('that is throttled for as long as its execution lasts does not use up the repeats of the machine', () => {
    expect(throttleRetry.maxAttempts).toBeGreaterThanOrEqual(machineTimeoutSeconds.standard);
  });

  test('has its end published by recovery only after whatever ended it can no longer do so', () => {
    for (const writer of ['run-segment', 'rest-api', 'recover-runs'] as const)
      expect(timetable.publishDueSeconds).toBeGreaterThan(timeout(writer));
  });

  test('that is interrupted each time uses up its restarts long before its deadline', () => {
    const pass = timetable.recoveryLeaseSeconds + recoveryEveryMinutes * 60;
    const express = maxRestarts * (timetable.expressDueSeconds + pass);
    const standard = timetable.firstRestartWaitSeconds * 2 ** maxRestarts + maxRestarts * pass;

    expect(timetable.startDueSeconds + Math.max(express, standard)).toBeLessThan(timetable.deadlineGraceSeconds / 2);
  });

  test('is not failed at its deadline while a Standard execution may still perform it', () => {
    expect(timetable.deadlineGraceSeconds).toBeGreaterThan(machineTimeoutSeconds.standard);
  });
});

describe('a lease outlasts the function that holds it:', () => {
  test('an Idempotency-Key is taken over only after the request that held it has ended', () => {
    expect(timetable.idempotencyLeaseSeconds).toBeGreaterThan(request);
  });

  test('a delivery is attempted again only after the sender that held it has ended', () => {
    expect(timetable.attemptLeaseSeconds).toBeGreaterThanOrEqual(timeout('deliver-webhook'));
    expect(timetable.attemptLeaseSeconds).toBeGreaterThan(sendLimits.totalMs / 1000);
  });

  test('an item of recovery is taken again only after the pass that held it has ended', () => {
    expect(timetable.recoveryLeaseSeconds).toBeGreaterThan(timeout('recover-runs'));
  });
});

describe('recovery', () => {
  test('ends a pass before the next one begins, and takes nothing new shortly before', () => {
    expect(timeout('recover-runs')).toBeLessThanOrEqual(recoveryEveryMinutes * 60);
    expect(recoveryBudgetSeconds).toBeLessThan(timeout('recover-runs'));
  });

  test('queues a delivery again only after its sender has ended and no lease of that sender holds it', () => {
    for (const seconds of [timetable.messageGraceSeconds, timetable.messageMarginSeconds])
      expect(seconds).toBeGreaterThan(timeout('deliver-webhook') + timetable.attemptLeaseSeconds);
  });

  test('refunds a number only after the request that counted it has ended', () => {
    expect(timetable.settleAfterSeconds).toBeGreaterThan(request);
  });

  test('has had several passes and leases before the nightly comparison calls something overdue', () => {
    const attempt = timetable.recoveryLeaseSeconds + recoveryEveryMinutes * 60;

    expect(timetable.overdueMinutes * 60).toBeGreaterThanOrEqual(3 * attempt);
  });
});
