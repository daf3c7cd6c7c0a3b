import { randomBytes } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { RouteMatch } from './routes';

/** The part of an incoming request that becomes an event. */
export type IncomingRequest = Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders' | 'httpVersion'>;

export interface EventContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly port: number;
  readonly now: Date;
}

/** These headers concern only the connection and are not passed on to the function. */
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
export function toEvent(request: IncomingRequest, body: Buffer, route: RouteMatch, context: EventContext) {
  const { accountId, apiId, port, now } = context;
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

/** Splits as an HTTP API does: the path is decoded if possible, and the query is left unchanged. */
export function splitTarget({ url }: Pick<IncomingRequest, 'url'>): { path: string; query: string } {
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

/** Returns names in lower case, joins repeated headers by commas, and returns cookies separately. */
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

/** True if the body is passed on as text. Any other body, including a form, is encoded in base64. */
function isTextual(contentType: string | undefined): boolean {
  return contentType === undefined || /^\s*(text\/|application\/(json|javascript|xml)\b)/i.test(contentType);
}

/** `12/Mar/2020:19:03:58 +0000` */
function accessLogTime(now: Date): string {
  const [, day, month, year, time] = /(\d+) (\w+) (\d+) ([\d:]+)/.exec(now.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
