import { randomBytes } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { RouteMatch } from './routes';

/** The part of an incoming request that becomes an event. */
export type HttpIncoming = Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders' | 'httpVersion'>;

export interface EventSurroundings {
  readonly accountId: string;
  readonly apiId: string;
  readonly port: number;
  readonly now: Date;
}

/** Never forwarded: they are about the connection. */
const connectionHeaders = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const clientAddress = '127.0.0.1';

/**
 * API Gateway's HTTP API event, payload format 2.0.
 * docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toEvent(request: HttpIncoming, body: Buffer, route: RouteMatch, surroundings: EventSurroundings) {
  const { accountId, apiId, port, now } = surroundings;
  const method = request.method ?? 'GET';
  const { path, query } = splitTarget(request);
  const { headers, cookies } = readHeaders(request.rawHeaders);
  const host = headers['host'] ?? `${clientAddress}:${port}`;
  const domainName = host.replace(/:\d+$/, '');
  const queryStringParameters = readQuery(query);
  const isText = isTextual(headers['content-type']) && isUtf8(body);
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: path,
    rawQueryString: query,
    ...(cookies.length > 0 && { cookies }),
    headers: {
      ...headers,
      'content-length': String(body.byteLength),
      'x-amzn-trace-id': `Root=1-${Math.floor(now.getTime() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`,
      'x-forwarded-for': [headers['x-forwarded-for'], clientAddress].filter(Boolean).join(', '),
      'x-forwarded-port': String(port),
      'x-forwarded-proto': 'http',
    },
    ...(Object.keys(queryStringParameters).length > 0 && { queryStringParameters }),
    ...(Object.keys(route.pathParameters).length > 0 && { pathParameters: route.pathParameters }),
    requestContext: {
      accountId,
      apiId,
      domainName,
      domainPrefix: domainName.split('.')[0],
      http: {
        method,
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: clientAddress,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomBytes(11).toString('base64'),
      routeKey: route.key,
      stage: '$default',
      time: accessLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.byteLength > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.byteLength > 0 && !isText,
  };
}

/** An HTTP API decodes the path and leaves the query as it came; what cannot be decoded stays as it is. */
export function splitTarget({ url }: Pick<HttpIncoming, 'url'>): { path: string; query: string } {
  const target = url ?? '/';
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  return { path: decodePath(path), query: mark === -1 ? '' : target.slice(mark + 1) };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Names in lower case, repeated ones joined by commas, cookies apart. */
function readHeaders(rawHeaders: readonly string[]): { headers: Record<string, string>; cookies: string[] } {
  const headers = new Map<string, string>();
  const cookies: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    if (connectionHeaders.has(name)) continue;
    if (name === 'cookie') cookies.push(...value.split(/;\s*/).filter(Boolean));
    else headers.set(name, [headers.get(name), value].filter((part) => part !== undefined).join(','));
  }
  return { headers: Object.fromEntries(headers), cookies };
}

function readQuery(query: string): Record<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const earlier = values.get(name);
    values.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return Object.fromEntries(values);
}

/** Everything else arrives in base64, also a form. */
function isTextual(contentType: string | undefined): boolean {
  return contentType === undefined || /^\s*(text\/|application\/(json|javascript|xml)\b)/i.test(contentType);
}

/** `12/Mar/2020:19:03:58 +0000` */
function accessLogTime(now: Date): string {
  const [, day, month, year, time] = /(\d+) (\w+) (\d+) ([\d:]+)/.exec(now.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
