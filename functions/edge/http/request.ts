import * as z from 'zod/mini';
import type { ProductError } from '../../domain/errors';
import { acceptTraceparent } from '../../domain/traceparent';
import type { Caller } from './caller';

/**
 * The part of API Gateway's HTTP API event (payload format 2.0) that is used.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
const eventSchema = z.object({
  rawPath: z.string(),
  rawQueryString: z.string(),
  headers: z.record(z.string(), z.string()),
  cookies: z._default(z.array(z.string()), []),
  body: z.optional(z.string()),
  isBase64Encoded: z.boolean(),
  requestContext: z.object({
    requestId: z.string(),
    domainName: z.string(),
    http: z.object({ method: z.string(), sourceIp: z._default(z.string(), '') }),
  }),
});

/** A request on its way through the chain. Each middleware sets the field that it is named after. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names are in lower case; the values of a repeated header are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** As `name=value`, one each. */
  readonly cookies: readonly string[];
  readonly rawBody: Buffer;
  readonly requestId: string;
  /** The caller's IP address as CloudFront saw it, for log lines. */
  readonly ip: string;
  /** The host name that the request was sent to. */
  readonly domainName: string;
  readonly startedAtMs: number;
  /** The W3C trace context of this hop, in the caller's trace or a new one. */
  readonly traceparent: string;
  caller?: Caller;
  /**
   * Set over MCP when the caller's rate is exceeded, or when the arguments of a tool hold a number that cannot be kept: a
   * tool call is then answered with a result that says so.
   */
  refusal?: ProductError;
  /** Parsed JSON; `{}` for an empty body. */
  body?: unknown;
  /** What goes on beside the request and is awaited before the response leaves. See {@link doInBackground}. */
  background: Promise<unknown>[];
}

/**
 * Lets work go on beside the request. Its failure is ignored. It is handled at once, because the request may go on for
 * another 20 s, and a rejection that nobody handles meanwhile ends the process of the function, with every request in it.
 */
export function doInBackground(request: HttpRequest, work: Promise<unknown>): void {
  request.background.push(work.catch(() => undefined));
}

/**
 * Each proxy appends the address that called it. API Gateway was called by CloudFront, so the address before CloudFront's is
 * the caller's; whatever stands further left came from the caller and may be invented:
 * docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 */
function callerAddress(forwardedFor: string | undefined, calledBy: string): string {
  const addresses = (forwardedFor ?? '').split(',').map((address) => address.trim());
  if (addresses.at(-1) === calledBy) addresses.pop();
  return (addresses.at(-1) ?? '').slice(0, longestAddress) || calledBy;
}

/** An IPv6 address with an embedded IPv4 address: RFC 4291, section 2.2. */
const longestAddress = 45;

export interface HttpReply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Values of `Set-Cookie`. */
  readonly cookies?: readonly string[];
  /** The revision of the edited thing that the body shows. It becomes the first part of the ETag. */
  readonly revision?: string;
  /** What a GET of that thing answers, if the body holds more, such as a secret that is shown once. */
  readonly shown?: unknown;
}

export function readHttpEvent(event: unknown, startedAtMs: number): HttpRequest {
  const {
    rawPath,
    rawQueryString,
    headers: sent,
    cookies,
    body,
    isBase64Encoded,
    requestContext,
  } = eventSchema.parse(event);
  const headers = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]));
  const { requestId } = requestContext;
  return {
    method: requestContext.http.method.toUpperCase(),
    path: rawPath,
    query: new URLSearchParams(rawQueryString),
    headers,
    cookies,
    rawBody: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
    requestId,
    ip: callerAddress(headers['x-forwarded-for'], requestContext.http.sourceIp),
    domainName: requestContext.domainName,
    startedAtMs,
    traceparent: acceptTraceparent(
      { traceparent: headers['traceparent'], xRay: headers['x-amzn-trace-id'] },
      requestId,
    ),
    background: [],
  };
}
