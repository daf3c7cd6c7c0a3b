import * as z from 'zod/mini';
import type { InvocationResult } from '../lambda/invoke';
import { isRecord } from '../template/is-record';

/** The HTTP response to send. Header names are in lower case, and `set-cookie` is a list. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

const responseSchema = z.object({
  statusCode: z.int().check(z.minimum(100), z.maximum(599)),
  headers: z.nullish(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
  cookies: z.nullish(z.array(z.string())),
  body: z.nullish(z.string()),
  isBase64Encoded: z.nullish(z.boolean()),
});

/**
 * API Gateway renames these response headers of a function by adding the prefix. The local run does the same, so that
 * clients which depend on `www-authenticate`, such as MCP clients that sign in, see what they would see in AWS.
 * docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const remappedHeaders = new Set(['www-authenticate', 'connection', 'date', 'server', 'upgrade']);
const remapPrefix = 'x-amzn-remapped-';
/** The HTTP server sets these headers itself. */
const droppedHeaders = new Set(['content-length', 'transfer-encoding', 'keep-alive']);

/** Turns a function's return value into a response as API Gateway does for payload format 2.0. */
export function toAnswer(result: InvocationResult): HttpAnswer {
  if (!result.ok) return gatewayError(500, 'Internal Server Error');
  const { payload } = result;
  if (!isRecord(payload) || !('statusCode' in payload)) return inferredAnswer(payload);
  const response = responseSchema.safeParse(payload);
  if (!response.success) return gatewayError(500, 'Internal Server Error');
  const { statusCode, headers, cookies, body, isBase64Encoded } = response.data;
  return {
    status: statusCode,
    headers: {
      ...(body && { 'content-type': 'text/plain;charset=utf-8' }),
      ...Object.fromEntries(
        Object.entries(headers ?? {}).flatMap(([name, value]) => answerHeader(name, String(value))),
      ),
      ...(cookies && cookies.length > 0 && { 'set-cookie': cookies }),
    },
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

/** An error response of API Gateway itself, for example about a body above its limit. */
export function gatewayError(status: number, message: string): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify({ message })) };
}

/** A return value without `statusCode` becomes the body of a 200 response. */
function inferredAnswer(payload: unknown): HttpAnswer {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
}

function answerHeader(name: string, value: string): [string, string][] {
  const lowerCase = name.toLowerCase();
  if (droppedHeaders.has(lowerCase)) return [];
  return [[remappedHeaders.has(lowerCase) ? `${remapPrefix}${lowerCase}` : lowerCase, value]];
}
