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

/** Stops waiting for a call after its time, with the error that Step Functions then reports. */
async function within(
  seconds: number,
  call: () => Promise<InvocationResult>,
  signal: AbortSignal,
): Promise<InvocationResult> {
  const answered = new AbortController();
  const error = { errorType: 'States.Timeout', errorMessage: `No answer within ${seconds} s.`, trace: [] };
  const late = sleep(seconds * 1000, { ok: false, error } as const, {
    signal: AbortSignal.any([signal, answered.signal]),
  });
  try {
    return await Promise.race([call(), late]);
  } finally {
    late.catch(() => undefined);
    answered.abort();
  }
}
