import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export interface Call {
  readonly token?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent unchanged, with the content type given in `headers`. */
  readonly rawBody?: string | Buffer;
  readonly headers?: Record<string, string>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** Parsed if it is JSON. */
  readonly body: any;
}

let requests = 0;

/** The event that API Gateway's HTTP API sends, in payload format 2.0. */
export function anEvent(
  method: string,
  target: string,
  { token, body, rawBody, headers = {} }: Call,
  requestId = `request-${(requests += 1)}`,
): unknown {
  const [rawPath = '', rawQueryString = ''] = target.split('?', 2);
  const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: {
      host: 'api.acme.example',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(text !== undefined && { body: Buffer.from(text).toString('base64') }),
    isBase64Encoded: text !== undefined,
    requestContext: {
      requestId,
      domainName: 'api.acme.example',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'jest' },
    },
  };
}

/** The answer to a HEAD as it arrives: every HTTP server in between sends none of the body. */
export function asReceived(method: string, answer: Answer): Answer {
  return method === 'HEAD' ? { ...answer, body: undefined } : answer;
}

export function readReply(reply: APIGatewayProxyStructuredResultV2): Answer {
  const headers = Object.fromEntries(Object.entries(reply.headers ?? {}).map(([name, value]) => [name, String(value)]));
  const isJson = /json/.test(headers['content-type'] ?? '');
  return {
    status: reply.statusCode ?? 0,
    headers,
    body: isJson && reply.body !== undefined ? JSON.parse(reply.body) : reply.body,
  };
}
