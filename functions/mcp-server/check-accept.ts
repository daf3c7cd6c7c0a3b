import type middy from '@middy/core';
import type { HttpReply, HttpRequest } from '../edge/http/request';
import { RpcError, rpcCodes } from './rpc-error';

/**
 * Responses are JSON, so a client must accept JSON. The protocol requires clients to accept event streams as well; a
 * client that does not name them, or sends no `Accept` header at all, is served nevertheless.
 */
export function checkAccept(): middy.MiddlewareObj<HttpRequest, HttpReply> {
  return {
    before: ({ event: { headers } }) => {
      if (acceptsJson(headers['accept'])) return;
      throw new RpcError(
        406,
        rpcCodes.refused,
        'Send "Accept: application/json, text/event-stream"; responses are JSON.',
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
