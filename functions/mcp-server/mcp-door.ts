import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { answerErrors, type Refusal } from '../edge/answer-errors';
import { authenticate, type AuthenticationDeps } from '../edge/authenticate';
import { toGatewayReply } from '../edge/gateway-reply';
import { readHttpEvent, type HttpReply, type HttpRequest } from '../edge/http-request';
import type { Log } from '../edge/log';
import { asProductError } from '../edge/problem';
import { readBody } from '../edge/read-body';
import { MethodNotAllowed } from '../edge/route';
import { checkAccept } from './check-accept';
import { checkOrigin } from './check-origin';
import { RpcError, rpcErrorReply } from './rpc-error';

export interface McpDoorDeps extends AuthenticationDeps {
  readonly log: Log;
  /** Host names of this product, whose own pages may call. */
  readonly ownHosts: readonly string[];
}

type Step = middy.MiddlewareObj<HttpRequest, HttpReply>;

/**
 * The chain in front of the MCP server, with the REST API's steps in its order: method (405) → origin (403) → caller (401)
 * → accept (406) → body (415, 413, 400). What is refused here never reaches the protocol; bodies are JSON-RPC errors.
 */
export function mcpDoor(deps: McpDoorDeps, serve: (request: HttpRequest) => Promise<HttpReply>) {
  const chain = middy<HttpRequest, HttpReply>()
    .use(answerErrors(deps, rpcErrorOf(deps)))
    .use(onlyPost())
    .use(checkOrigin(deps.ownHosts))
    .use(authenticate(deps, 'mcp'))
    .use(checkAccept())
    .use(readBody())
    .handler(serve);

  return async (event: unknown, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
    const request = readHttpEvent(event, deps.now().getTime());
    const reply: HttpReply = await chain(request, context);
    return toGatewayReply(reply, request.requestId);
  };
}

/** JSON-RPC errors, whatever was thrown. */
function rpcErrorOf({ now }: McpDoorDeps) {
  return (thrown: unknown, { requestId }: HttpRequest): Refusal => {
    const error = thrown instanceof RpcError ? thrown : asProductError(thrown);
    const code = error instanceof RpcError ? `http_${error.status}` : error.code;
    return { code, operation: 'mcp', reply: rpcErrorReply(error, requestId, now()) };
  };
}

/** Streams are not offered and sessions not kept, which is what GET and DELETE would be for. */
function onlyPost(): Step {
  return {
    before: ({ event: { method } }) => {
      if (method !== 'POST') throw new MethodNotAllowed(['POST']);
    },
  };
}
