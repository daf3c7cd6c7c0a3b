import type middy from '@middy/core';
import type { HttpReply, HttpRequest } from '../edge/http/request';
import { RpcError, rpcCodes } from './rpc-error';

/** Host names of the caller's own machine, on any port. */
const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Refuses requests made by a web page of another site. Programs send no `Origin` header; pages of this product and
 * pages on the caller's own machine, such as an inspector, are accepted. The origin is not compared with the host of
 * the request: in a DNS rebinding attack, which this check prevents, the attacker controls both.
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
