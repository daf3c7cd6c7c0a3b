import { ApiError, problemWithoutAnswer } from './api-error';
import type { Call } from './call';
import { isOffline } from './connection';

/** One act under way, such as a confirmed dialog. It may take several requests, one after another. */
export interface Flight {
  /** Ends the wait for the answer. The API may act all the same. */
  readonly controller: AbortController;
  /** True while a request that changes something was sent and is not answered. */
  isOut: boolean;
}

/**
 * The call of an act. If no answer comes, its error says what is known: either that nothing was sent, or that the change
 * may have been made. A repeat has no second effect, because every POST of the dashboard has an idempotency key and the
 * other methods need none.
 */
export function actCall(call: Call, flight: Flight): Call {
  const { signal } = flight.controller;
  return async (route, options) => {
    if (route.startsWith('GET ')) return call(route, { ...options, signal });
    let wasOffline = false;
    const onSend = () => {
      flight.isOut = true;
      wasOffline = isOffline();
    };
    try {
      return await call(route, { ...options, signal, onSend });
    } catch (error) {
      throw inWordsOfAct(error, flight.isOut, wasOffline);
    } finally {
      flight.isOut = false;
    }
  };
}

function inWordsOfAct(error: unknown, isOut: boolean, wasOffline: boolean): unknown {
  if (!isWithoutAnswer(error)) return error;
  // A browser without a connection refuses a request at once, and sends nothing of it.
  const wasSent = isOut && !(wasOffline && error.code === 'offline');
  if (wasSent) {
    const detail = 'It may have been done: look before you repeat it. If you repeat it here, it has no second effect.';
    return new ApiError(problemWithoutAnswer('no_answer', 'No answer came', detail));
  }
  if (error.code === 'offline')
    return new ApiError({ ...error.problem, detail: 'Nothing was sent. Try again when there is a connection.' });
  return new ApiError({ ...error.problem, title: 'Nothing was sent' });
}

/** API Gateway and CloudFront answer for an API that did not, but what they refuse with 429 never reached it. */
function isWithoutAnswer(error: unknown): error is ApiError {
  if (!(error instanceof ApiError)) return false;
  const { code, status } = error.problem;
  return code === 'offline' || code === 'no_answer' || (code === 'unreachable' && status !== 429);
}
