import { runMachineStates, segmentCallTimeoutSeconds, segmentRetry } from '../../functions/contract/machine';

/**
 * The state machine's definition. A segment performs every step up to the next delay and says whether to wait or to
 * finish; waiting is the one thing that would cost money inside a function. State is ids, cursor and seconds.
 */
export function runLoop(segmentFunctionArn: string, timeoutSeconds: number) {
  const { segment, choice, wait, succeeded, failed } = runMachineStates;
  return {
    StartAt: segment,
    TimeoutSeconds: timeoutSeconds,
    States: {
      [segment]: {
        Type: 'Task',
        Resource: segmentFunctionArn,
        // Past the function's own timeout, so it only ends a call whose answer was lost.
        TimeoutSeconds: segmentCallTimeoutSeconds,
        // A segment may be repeated without harm, so everything is: waits of at most 1 + 2 + 4 + 8 + 16 = 31 s, which
        // still fits into an Express execution beside 240 s of delays. What lasts longer is recovery's.
        Retry: [
          {
            ErrorEquals: ['States.ALL'],
            IntervalSeconds: segmentRetry.firstWaitSeconds,
            BackoffRate: segmentRetry.backOffRate,
            MaxAttempts: segmentRetry.maxAttempts,
            JitterStrategy: 'FULL',
          },
        ],
        Next: choice,
      },
      [choice]: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.next', StringEquals: 'delay', Next: wait },
          { Variable: '$.next', StringEquals: 'succeeded', Next: succeeded },
          { Variable: '$.next', StringEquals: 'failed', Next: failed },
        ],
      },
      [wait]: { Type: 'Wait', SecondsPath: '$.wait_seconds', Next: segment },
      [succeeded]: { Type: 'Succeed' },
      // The run's row is already final and says why. Failing here too makes the console agree with it.
      [failed]: { Type: 'Fail', Error: 'RunFailed', Cause: 'A step failed; the run itself holds the error.' },
    },
  };
}
