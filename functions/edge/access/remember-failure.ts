/**
 * Calls `ask`, but for some seconds after it failed only repeats the failure, so that callers cannot cause requests to
 * a server that is down.
 */
export function rememberFailure<Args extends readonly unknown[], T>(
  ask: (...args: Args) => Promise<T>,
  seconds: number,
  now: () => Date,
): (...args: Args) => Promise<T> {
  let failure: { readonly error: unknown; readonly atMs: number } | undefined;
  return async (...args) => {
    // If the clock is set back, a failure must not be repeated for ever.
    if (failure !== undefined && Math.abs(now().getTime() - failure.atMs) < seconds * 1000) throw failure.error;
    try {
      const answer = await ask(...args);
      failure = undefined;
      return answer;
    } catch (error) {
      failure = { error, atMs: now().getTime() };
      throw error;
    }
  };
}
