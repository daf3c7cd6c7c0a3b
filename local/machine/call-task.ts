import { setTimeout as sleep } from 'node:timers/promises';
import type { InvocationResult } from '../lambda/invoke';
import type { Task } from './definition';
import { StatesFailure } from './states-failure';

export type CallTask = (stateName: string, input: unknown) => Promise<InvocationResult>;

/**
 * Calls the function of a task, and repeats a failed call as the first retrier says that names the error. Each retrier
 * counts its own attempts.
 *
 * @throws {StatesFailure} when no retrier has an attempt left
 */
export async function callTask(
  task: Task,
  call: () => Promise<InvocationResult>,
  signal: AbortSignal,
): Promise<unknown> {
  const failures = task.Retry.map(() => 0);
  for (;;) {
    const result = await within(task.TimeoutSeconds, call, signal);
    if (result.ok) return result.payload;
    const { errorType } = result.error;
    const index = task.Retry.findIndex(({ ErrorEquals }) =>
      ErrorEquals.some((name) => name === errorType || name === 'States.ALL'),
    );
    const retrier = task.Retry[index];
    const failed = failures[index] ?? 0;
    // The cause is what Lambda answers for a failed call.
    if (retrier === undefined || failed >= retrier.MaxAttempts)
      throw new StatesFailure(errorType, JSON.stringify(result.error));
    failures[index] = failed + 1;
    const longest = Math.min(retrier.MaxDelaySeconds, retrier.IntervalSeconds * retrier.BackoffRate ** failed);
    const seconds = retrier.JitterStrategy === 'FULL' ? Math.random() * longest : longest;
    await sleep(seconds * 1000, undefined, { signal });
  }
}

/**
 * Stops waiting for a call after its time, with the error that Step Functions then reports, or when the execution is
 * ended. A plain timer, because `sleep` with two signals would cost each call an error with its stack.
 */
function within(
  seconds: number,
  call: () => Promise<InvocationResult>,
  signal: AbortSignal,
): Promise<InvocationResult> {
  return new Promise((resolve, reject) => {
    const error = { errorType: 'States.Timeout', errorMessage: `No answer within ${seconds} s.`, trace: [] };
    const timer = setTimeout(() => end(() => resolve({ ok: false, error })), seconds * 1000);
    const abort = () => end(() => reject(new Error('The execution was ended.')));
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      settle();
    };
    signal.addEventListener('abort', abort);
    call().then(
      (result) => end(() => resolve(result)),
      (reason: unknown) => end(() => reject(reason instanceof Error ? reason : new Error(String(reason)))),
    );
  });
}
