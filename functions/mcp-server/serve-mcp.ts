import {
  createMcpHandler,
  isLegacyRequest,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { ProductError } from '../domain/errors';
import { isPlainObject } from '../domain/json';
import type { HttpReply, HttpRequest } from '../edge/http/request';
import { idOf, readMessage } from './message-shape';
import { checkSize } from './message-size';
import { newServer, type Answers } from './new-server';
import { plainError } from './plain-error';
import { RpcError, rpcCodes } from './rpc-error';

/**
 * Serves one JSON-RPC message of either generation of the protocol: revision 2026-07-28, in which each request is
 * self-contained, and earlier revisions, which begin with `initialize` and are served without a session. Responses are
 * JSON, never a stream.
 */
export async function serveMcp(request: HttpRequest, answers: Answers): Promise<HttpReply> {
  if (request.rawBody.length === 0) throw new ProductError('malformed_json', 'Send one JSON-RPC message as the body.');
  checkSize(request.body);
  const message = readMessage(request.body);
  const web = toWebRequest(request);
  const legacy = await isLegacyRequest(web, message);
  if (!legacy) refuseSubscription(message);
  const response = legacy ? await serveLegacy(web, message, answers) : await serveModern(web, message, answers);
  return toReply(response);
}

async function serveModern(web: Request, message: unknown, answers: Answers): Promise<Response> {
  const { fetch } = createMcpHandler(() => newServer(answers), { legacy: 'reject' });
  return fetch(web, { parsedBody: message });
}

/** The SDK's own stateless transport is not used, because it responds with event streams. */
async function serveLegacy(web: Request, message: unknown, answers: Answers): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await newServer(answers, methodOf(message)).connect(transport);
  return transport.handleRequest(web, { parsedBody: message });
}

function methodOf(message: unknown): unknown {
  return isPlainObject(message) ? message['method'] : undefined;
}

/** The SDK would open a stream, but there are no events to send, and an HTTP API cannot hold a stream open. */
function refuseSubscription(message: unknown): void {
  if (!isPlainObject(message) || message['method'] !== 'subscriptions/listen') return;
  throw new RpcError(
    404,
    rpcCodes.methodNotFound,
    'Method not found: nothing here changes that a client could listen for.',
    idOf(message['id']),
  );
}

/** The body and the token are not handed on; the SDK validates only the protocol's own headers, which are ASCII. */
function toWebRequest({ domainName, path, headers }: HttpRequest): Request {
  const protocolHeaders = Object.entries(headers).filter(
    ([name, value]) => name.startsWith('mcp-') && /^[\t\x20-\x7e]*$/.test(value),
  );
  return new Request(`https://${domainName}${path}`, {
    method: 'POST',
    headers: [
      ...protocolHeaders,
      ['content-type', 'application/json'],
      ['accept', 'application/json, text/event-stream'],
    ],
  });
}

async function toReply(response: Response): Promise<HttpReply> {
  const body = plainError(await response.text());
  return { status: response.status, ...(body !== '' && { body }) };
}
