import inject from 'light-my-request';
import type { Provider } from 'oidc-provider';
import type { HttpReply, HttpRequest } from '../edge/http/request';

/** Lets the library, which is written for Node's server, answer a request that came as an event. */
export async function injectInto(provider: Provider, request: HttpRequest): Promise<HttpReply> {
  const { protocol, host } = new URL(provider.issuer);
  const answer = provider.callback();
  const response = await inject((req, res) => void answer(req, res), {
    method: request.method === 'POST' ? 'POST' : 'GET',
    url: request.path + (request.query.size === 0 ? '' : `?${request.query.toString()}`),
    headers: {
      ...passedOn(request),
      ...(request.cookies.length > 0 && { cookie: request.cookies.join('; ') }),
      host,
      'x-forwarded-proto': protocol.slice(0, -1),
      'x-request-id': request.requestId,
    },
    ...(request.rawBody.length > 0 && { payload: request.rawBody }),
  });
  const { 'set-cookie': cookies, ...headers } = response.headers;
  return {
    status: response.statusCode,
    ...(response.payload !== '' && { body: response.payload }),
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        value === undefined || ownHeaders.has(name) ? [] : [[name, String(value)]],
      ),
    ),
    ...(cookies !== undefined && { cookies: [cookies].flat() }),
  };
}

/** The server in front sets these itself. */
const ownHeaders = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding']);

/** What the library reads of a request. Headers by which a proxy speaks would let a stranger speak for one. */
function passedOn({ headers }: HttpRequest): Record<string, string> {
  const read = ['accept', 'authorization', 'content-type', 'origin'];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => read.includes(name)));
}
