import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { challenge, mcpPath } from '../contract/mcp';
import { ProductError } from '../domain/errors';
import { isPlainObject } from '../domain/json';
import { authenticate, type AuthenticationDeps } from '../edge/access/authenticate';
import type { JudgeRate } from '../edge/access/request-rate';
import { requireFront, type FrontDeps } from '../edge/access/require-front';
import { readBody } from '../edge/http/body';
import { asProductError } from '../edge/http/problem';
import { toGatewayReply } from '../edge/http/reply';
import { readHttpEvent, type HttpReply, type HttpRequest } from '../edge/http/request';
import { MethodNotAllowed } from '../edge/http/route';
import { answerErrors, type Refusal } from '../edge/log/answer-errors';
import type { Log } from '../edge/log/log';
import { checkAccept } from './check-accept';
import { checkOrigin } from './check-origin';
import { RpcError, rpcErrorReply } from './rpc-error';

export interface McpDoorDeps extends AuthenticationDeps, FrontDeps {
  readonly log: Log;
  /** Host names of this product; pages served from them may call this door. */
  readonly ownHosts: readonly string[];
  /** The product's own address, without a trailing slash. */
  readonly origin: string;
}

type Step = middy.MiddlewareObj<HttpRequest, HttpReply>;

/**
 * The chain in front of the MCP server, with the REST API's steps in its order: address (421) → method (405) → origin (403) → caller
 * (401) → accept (406) → body (415, 413, 400). A request refused here never reaches the protocol; the body of the
 * refusal is a JSON-RPC error.
 */
export function mcpDoor(deps: McpDoorDeps, judgeRate: JudgeRate, serve: (request: HttpRequest) => Promise<HttpReply>) {
  const chain = middy<HttpRequest, HttpReply>()
    .use(answerErrors(deps, rpcErrorOf(deps)))
    .use(requireFront(deps))
    .use(onlyPost())
    .use(checkOrigin(deps.ownHosts))
    .use(authenticate(deps, 'mcp', { resource: deps.origin + mcpPath }))
    .use(noteRate(judgeRate))
    .use(checkAccept())
    .use(readBody(refuseInexact))
    .handler(serve);

  return async (event: unknown, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
    const request = readHttpEvent(event, deps.now().getTime());
    const reply: HttpReply = await chain(request, context);
    return toGatewayReply(reply, request.requestId);
  };
}

/** JSON-RPC errors, whatever was thrown. */
function rpcErrorOf({ now, origin }: McpDoorDeps) {
  return (thrown: unknown, { requestId }: HttpRequest): Refusal => {
    const error = thrown instanceof RpcError ? thrown : asProductError(thrown);
    const code = error instanceof RpcError ? `http_${error.status}` : error.code;
    const reply = rpcErrorReply(error, requestId, now(), origin);
    return { code, operation: 'mcp', reply: reply.status === 401 ? withChallenge(reply, origin) : reply };
  };
}

/** Tells the client how to sign in. API Gateway renames the header; see docs/mcp.md. */
function withChallenge(reply: HttpReply, origin: string): HttpReply {
  return { ...reply, headers: { ...reply.headers, 'www-authenticate': challenge(origin) } };
}

/** A refusal waits until the message is read, because a tool call is refused in its result. */
function noteRate(judgeRate: JudgeRate): Step {
  return {
    before: async ({ event: request }) => {
      const refusal = request.caller && (await judgeRate(request.caller));
      if (refusal !== undefined) request.refusal = refusal;
    },
  };
}

/** GET would open a stream and DELETE would end a session; this server offers neither. */
function onlyPost(): Step {
  return {
    before: ({ event: { method } }) => {
      if (method === 'POST') return;
      throw new MethodNotAllowed(
        ['POST'],
        'There is no stream to open and no session to end here. Use the Streamable HTTP transport: send each message as POST /mcp.',
      );
    },
  };
}

const argumentsPointer = '#/params/arguments/';

/**
 * Refuses a message that holds a number or a name which parsing loses. In the arguments of a tool call they are refused in
 * its result, with pointers relative to the arguments, so that the model which wrote them can correct them. Anywhere else,
 * for example in the message's id, nothing of the message is answered.
 */
function refuseInexact(refusal: ProductError, request: HttpRequest): void {
  const { body } = request;
  const isToolCall = isPlainObject(body) && body['method'] === 'tools/call';
  const isOfTool = refusal.faults.every(({ pointer }) => pointer?.startsWith(argumentsPointer) === true);
  if (!isToolCall || !isOfTool) throw refusal;
  // A caller above its rate is told that first.
  request.refusal ??= new ProductError(refusal.code, refusal.message.replaceAll(argumentsPointer, '#/'), {
    faults: refusal.faults.map((fault) =>
      fault.pointer === undefined ? fault : { ...fault, pointer: fault.pointer.replace(argumentsPointer, '#/') },
    ),
  });
}
