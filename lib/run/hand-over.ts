import { handedOverFields, runMachineStates, segmentRetry } from '../../functions/contract/machine';

const { identify, segment, handOver, handedOver } = runMachineStates;

/** What a segment may also return on Express. */
export const handOverChoices = [
  { Variable: '$.next', StringEquals: 'hand_over', Next: handOver },
  { Variable: '$.next', StringEquals: 'handed_over', Next: handedOver },
];

/**
 * The states with which a machine hands a run over to another execution of itself. It starts that execution and ends,
 * without waiting for it. The machine does this and not the function, which cannot know the ARN of the machine that calls
 * it: each of the two would have to be created first.
 */
export function handOverStates(partition: string) {
  return {
    // The segment that hands over is called with this name, so that a repeated call is not taken for another execution.
    [identify]: {
      Type: 'Pass',
      Parameters: { 'id.$': '$$.Execution.Id' },
      ResultPath: '$.execution',
      Next: segment,
    },
    [handOver]: {
      Type: 'Task',
      Resource: `arn:${partition}:states:::states:startExecution`,
      Parameters: {
        'StateMachineArn.$': '$$.StateMachine.Id',
        'Name.$': '$.execution_name',
        Input: {
          ...Object.fromEntries(handedOverFields.map((name) => [`${name}.$`, `$.${name}`])),
          // With it the console links the two: docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
          'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$': '$$.Execution.Id',
        },
      },
      // An execution that is started twice goes on twice until the next hand-over, and each step is performed once all the
      // same. If all repeats fail, recovery restarts the run.
      Retry: [
        {
          ErrorEquals: ['States.ALL'],
          IntervalSeconds: segmentRetry.firstWaitSeconds,
          BackoffRate: segmentRetry.backOffRate,
          MaxAttempts: segmentRetry.maxAttempts,
          JitterStrategy: 'FULL',
        },
      ],
      Next: handedOver,
    },
    [handedOver]: { Type: 'Succeed' },
  };
}
