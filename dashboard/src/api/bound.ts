import { ApiError, problemWithoutAnswer } from './api-error';
import type { Call } from './call';
import { isOffline } from './connection';

/** The API answers within 30 seconds or not at all, so whoever waits longer waits in vain. */
const boundMs = 35_000;

/**
 * Ends every call after 35 seconds, and at once if its signal is aborted, whatever it waits for. A browser would wait for
 * minutes, and for ever while a connection looks alive that is not. What failed without a connection is `offline`.
 */
export function withBound(call: Call): Call {
  return async (route, options) => {
    const limit = new AbortController();
    // Not AbortSignal.timeout, whose clock stops while the page is frozen and cannot be moved by a test.
    const timer = setTimeout(() => limit.abort(), boundMs);
    const given = options.signal;
    const signal = given === undefined ? limit.signal : AbortSignal.any([given, limit.signal]);
    try {
      return await Promise.race([call(route, { ...options, signal }), abortionOf(signal)]);
    } catch (error) {
      if (given?.aborted === true) throw error;
      if (limit.signal.aborted) throw noAnswer();
      throw isOffline() && isWithoutAnswer(error) ? offline() : error;
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Rejects with the signal's reason when it is aborted, and never resolves. */
async function abortionOf(signal: AbortSignal): Promise<never> {
  if (!signal.aborted)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  throw signal.reason;
}

/** True also for a body that broke off, which the browser reports as an error of its own. */
function isWithoutAnswer(error: unknown): boolean {
  return error instanceof ApiError
    ? error.code === 'unreachable' && error.problem.status === 0
    : error instanceof TypeError;
}

function noAnswer(): ApiError {
  const detail = `No answer came within ${boundMs / 1000} seconds. Check the connection and try again.`;
  return new ApiError(problemWithoutAnswer('no_answer', 'No answer came', detail));
}

function offline(): ApiError {
  const detail = 'This is read again as soon as there is a connection.';
  return new ApiError(problemWithoutAnswer('offline', 'You are offline', detail));
}
