import {
  machineTimeoutSeconds,
  runMachineStates,
  segmentCallTimeoutSeconds,
  segmentRetry,
  throttleRetry,
} from '../../functions/contract/machine';
import { handOverChoices, handOverStates } from './hand-over';
import { invocationThrottled, Throttled, throttlingErrors } from '../../functions/contract/throttling';

export interface RunLoopArns {
  readonly segmentFunctionArn: string;
  /** `aws`, or that of another part of the world, in which ARNs of services begin differently. */
  readonly partition: string;
}

/**
 * The definition of the state machine. A call of `run-segment` performs every step up to the next delay and returns
 * whether to wait or to finish. The state machine waits for delays itself, because waiting inside a function would cost
 * money. The state consists only of ids, a cursor and times. Express, which ends after five minutes, also hands a long
 * run over to another execution.
 */
export function runLoop({ segmentFunctionArn, partition }: RunLoopArns, engine: keyof typeof machineTimeoutSeconds) {
  const { identify, segment, choice, wait, succeeded, failed } = runMachineStates;
  const isExpress = engine === 'express';
  return {
    StartAt: isExpress ? identify : segment,
    TimeoutSeconds: machineTimeoutSeconds[engine],
    States: {
      [segment]: {
        Type: 'Task',
        Resource: segmentFunctionArn,
        // Longer than the function's own timeout, so it only ends the wait for a call whose result was lost.
        TimeoutSeconds: segmentCallTimeoutSeconds,
        // Segments are idempotent, so every error is retried. A throttle has its own retrier, because it says nothing
        // about the call: it ends when the load does, and the load ends sooner if the repeats are spread. For any other
        // error, the retries wait at most 1 + 2 + 4 + 8 + 16 = 31 s, for which a hand-over leaves enough of an Express
        // execution. After a longer outage, recovery restarts the run.
        Retry: [
          {
            ErrorEquals: [Throttled.errorName, invocationThrottled, ...throttlingErrors],
            IntervalSeconds: throttleRetry.firstWaitSeconds,
            BackoffRate: throttleRetry.backOffRate,
            MaxDelaySeconds: throttleRetry.longestWaitSeconds,
            MaxAttempts: throttleRetry.maxAttempts,
            JitterStrategy: 'FULL',
          },
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
          ...(isExpress ? handOverChoices : []),
        ],
      },
      [wait]: { Type: 'Wait', SecondsPath: '$.wait_seconds', Next: segment },
      [succeeded]: { Type: 'Succeed' },
      // The run's row already has its final status and error. The execution fails too, so that the AWS console shows
      // the same result.
      [failed]: { Type: 'Fail', Error: 'RunFailed', Cause: 'A step failed; the run itself holds the error.' },
      ...(isExpress && handOverStates(partition)),
    },
  };
}
