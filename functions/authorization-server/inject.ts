import type { IncomingMessage } from 'node:http';
import type { Provider } from 'oidc-provider';
import serverless from 'serverless-http';
import * as z from 'zod/mini';
import type { HttpReply, HttpRequest } from '../edge/http/request';

const answerSchema = z.object({
  statusCode: z.int(),
  headers: z.record(z.string(), z.string()),
  cookies: z.array(z.string()),
  body: z.string(),
});

/** Lets the library, which is written for Node's server, answer a request that came as an event. */
export function injectInto(provider: Provider): (request: HttpRequest) => Promise<HttpReply> {
  const { protocol, host } = new URL(provider.issuer);
  const answer = serverless(provider.callback(), { binary: false, request: withoutTls });
  return async (request) => {
    const event = {
      version: '2.0',
      rawPath: request.path,
      rawQueryString: request.query.toString(),
      cookies: request.cookies,
      headers: {
        ...passedOn(request),
        host,
        'content-length': String(request.rawBody.length),
        'x-forwarded-proto': protocol.slice(0, -1),
        'x-request-id': request.requestId,
      },
      body: request.rawBody,
      requestContext: { http: { method: request.method, sourceIp: '' } },
    };
    const { statusCode, headers: sent, cookies, body } = answerSchema.parse(await answer(event, {}));
    // One cookie alone comes as a header.
    const { 'set-cookie': cookie, ...headers } = sent;
    return {
      status: statusCode,
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !ownHeaders.has(name))),
      cookies: cookie === undefined ? cookies : [cookie],
      ...(body !== '' && { body }),
    };
  };
}

/** The package takes every connection for TLS; what is true says the header `x-forwarded-proto`, which is ours. */
function withoutTls({ socket }: IncomingMessage): void {
  Reflect.set(socket, 'encrypted', false);
}

/** The server in front sets these itself. */
const ownHeaders = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding']);

/** What the library reads of a request. Headers by which a proxy speaks would let a stranger speak for one. */
function passedOn({ headers }: HttpRequest): Record<string, string> {
  const read = ['accept', 'authorization', 'content-type', 'origin'];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => read.includes(name)));
}
