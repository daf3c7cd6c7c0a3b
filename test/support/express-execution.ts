import {
  machineTimeoutSeconds,
  runMachineStates,
  type SegmentInput,
  type SegmentOutput,
} from '../../functions/contract/machine';
import { runLoop } from '../../lib/run/loop';
import type { VirtualTime } from './virtual-time';

const { segment: segmentState } = runMachineStates;
const retriers = runLoop({ segmentFunctionArn: 'run-segment', partition: 'aws' }, 'express').States[segmentState].Retry;

/**
 * Performs an Express execution with the retriers of the deployed definition, and those to which it hands its run over. It
 * ends after 300 s wherever it is, and tells nobody.
 */
export async function expressExecution(
  time: VirtualTime,
  random: () => number,
  segment: (input: SegmentInput) => Promise<SegmentOutput>,
  firstInput: SegmentInput,
): Promise<void> {
  const endsMs = time.nowMs() + machineTimeoutSeconds.express * 1000;
  const failures = retriers.map(() => 0);
  let input = { ...firstInput, execution: { id: `${firstInput.uid} ${time.nowMs()} ${random()}` } };
  while (time.nowMs() < endsMs) {
    let waitSeconds: number;
    try {
      const output = await segment(input);
      if (output.next === 'hand_over') void expressExecution(time, random, segment, output);
      if (output.next !== 'delay') return;
      input = { ...output, execution: input.execution };
      waitSeconds = output.wait_seconds;
      failures.fill(0);
    } catch (error) {
      const names = [error instanceof Error ? error.name : '', 'States.ALL'];
      const index = retriers.findIndex(({ ErrorEquals }) => ErrorEquals.some((name) => names.includes(name)));
      const retrier = retriers[index]!;
      const failed = failures[index]!;
      if (failed >= retrier.MaxAttempts) return;
      failures[index] = failed + 1;
      const longest = 'MaxDelaySeconds' in retrier ? retrier.MaxDelaySeconds : Infinity;
      waitSeconds = random() * Math.min(longest, retrier.IntervalSeconds * retrier.BackoffRate ** failed);
    }
    await time.sleep(waitSeconds * 1000);
  }
}
