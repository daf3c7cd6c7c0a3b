import * as z from 'zod/mini';
import type { InvocationResult } from '../lambda/invoke';
import { isRecord } from '../template/is-record';

/** What goes back over HTTP. Header names in lower case; `set-cookie` is a list. */
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
 * Header names that API Gateway keeps for itself and gives back with this prefix. Clients that need the first one in
 * place (MCP's sign-in) see here what they would see in AWS.
 * docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const remappedHeaders = new Set(['www-authenticate', 'connection', 'date', 'server', 'upgrade']);
const remapPrefix = 'x-amzn-remapped-';
/** Written by whoever sends the bytes. */
const droppedHeaders = new Set(['content-length', 'transfer-encoding', 'keep-alive']);

/** What API Gateway makes of a function's return value, format 2.0. */
export function toAnswer(result: InvocationResult): HttpAnswer {
  if (!result.ok) return ownError(500, 'Internal Server Error');
  const { payload } = result;
  if (!isRecord(payload) || !('statusCode' in payload)) return inferredAnswer(payload);
  const response = responseSchema.safeParse(payload);
  if (!response.success) return ownError(500, 'Internal Server Error');
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

/** What API Gateway says for itself, such as about a body over its limit. */
export function ownError(status: number, message: string): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify({ message })) };
}

/** A value without `statusCode` is the body of a 200. */
function inferredAnswer(payload: unknown): HttpAnswer {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
}

function answerHeader(name: string, value: string): [string, string][] {
  const lowerCase = name.toLowerCase();
  if (droppedHeaders.has(lowerCase)) return [];
  return [[remappedHeaders.has(lowerCase) ? `${remapPrefix}${lowerCase}` : lowerCase, value]];
}
