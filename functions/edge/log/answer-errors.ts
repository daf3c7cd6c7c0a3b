import type middy from '@middy/core';
import type { HttpReply, HttpRequest } from '../http/request';
import type { Log } from './log';
import { logRefusal } from './refusal';

/** How one door refuses a request: the code and operation of its log line, and what the caller is sent. */
export interface Refusal {
  readonly code: string;
  readonly operation: string | undefined;
  readonly reply: HttpReply;
}

/**
 * The outermost step of every chain. It turns whatever is thrown below it into the door's own reply, writes the one log
 * line of a refusal, and awaits the request's background work before any reply leaves.
 *
 * @param reply describes the door's refusal of what was thrown
 */
export function answerErrors(
  deps: { readonly log: Log; readonly now: () => Date },
  reply: (thrown: unknown, request: HttpRequest) => Refusal,
): middy.MiddlewareObj<HttpRequest, HttpReply> {
  return {
    after: async ({ event: request }) => {
      await Promise.all(request.background);
    },
    onError: async (call) => {
      const { event: request, error: thrown } = call;
      const { code, operation, reply: refusal } = reply(thrown, request);
      logRefusal(deps, request, { code, operation, error: thrown });
      await Promise.all(request.background);
      call.response = refusal;
    },
  };
}
