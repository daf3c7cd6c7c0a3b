import type middy from '@middy/core';
import type { HttpReply, HttpRequest } from '../edge/http/request';
import { RpcError, rpcCodes } from './rpc-error';

/** Names of the caller's own machine, whatever the port. */
const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Refuses requests that a web page of another site makes. Programs send no `Origin`; pages of this product and of the
 * caller's own machine (an inspector) may. Not compared with the request's own host: under DNS rebinding, which this is
 * against, both are the attacker's.
 * https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#security-endpoint
 */
export function checkOrigin(ownHosts: readonly string[]): middy.MiddlewareObj<HttpRequest, HttpReply> {
  return {
    before: ({ event: { headers } }) => {
      const origin = headers['origin'];
      if (origin === undefined || isAllowed(origin, ownHosts)) return;
      throw new RpcError(403, rpcCodes.refused, 'Requests from web pages of this origin are not accepted.');
    },
  };
}

function isAllowed(origin: string, ownHosts: readonly string[]): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname, host } = new URL(origin);
  if (loopbackHosts.has(hostname)) return protocol === 'http:' || protocol === 'https:';
  return protocol === 'https:' && ownHosts.includes(host);
}
