import type middy from '@middy/core';
import type { HttpReply, HttpRequest } from '../edge/http/request';
import { RpcError, rpcCodes } from './rpc-error';

/**
 * Answers are JSON, so that is what a client must take. The protocol asks it to name event streams too; one that does not,
 * or names nothing, is served all the same.
 */
export function checkAccept(): middy.MiddlewareObj<HttpRequest, HttpReply> {
  return {
    before: ({ event: { headers } }) => {
      if (acceptsJson(headers['accept'])) return;
      throw new RpcError(
        406,
        rpcCodes.refused,
        'Send "Accept: application/json, text/event-stream"; answers are JSON.',
      );
    },
  };
}

function acceptsJson(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  return accept.split(',').some((range) => {
    const [mediaType = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const refused = parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    return !refused && ['application/json', 'application/*', '*/*'].includes(mediaType);
  });
}
