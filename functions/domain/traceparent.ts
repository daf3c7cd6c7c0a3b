import { hash } from 'node:crypto';

/**
 * W3C Trace Context, `00-<trace id>-<span id>-<flags>`, connects a caller's trace through the run to the receiver of
 * the webhook. https://www.w3.org/TR/trace-context/#traceparent-header
 *
 * The span id of each hop is derived from what identifies the hop. So no source of random ids is needed, and a
 * repetition has the same span id.
 */
const traceparentPattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/**
 * `Root=1-<8 hex>-<24 hex>` is X-Ray's form of a trace id:
 * docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html
 */
const xRayRootPattern = /(?:^|;)\s*Root=1-([0-9a-f]{8})-([0-9a-f]{24})(?:;|$)/i;

const sampled = 1;

/** The headers that the trace of a request is read from. */
export interface TraceHeaders {
  readonly traceparent: string | undefined;
  /** The header `X-Amzn-Trace-Id`, which API Gateway adds to every request. */
  readonly xRay: string | undefined;
}

/**
 * The `traceparent` of our own hop. If the header is missing or invalid (malformed, sent twice, an id of zeros, version
 * `ff`), a new trace begins: X-Ray's if there is one, otherwise one derived from the request id.
 *
 * @param requestId unique for each request
 */
export function acceptTraceparent({ traceparent, xRay }: TraceHeaders, requestId: string): string {
  const given = parse(traceparent);
  if (given !== undefined) return traceparentOf(given, requestId);
  const [, seconds, unique] = xRayRootPattern.exec(xRay ?? '') ?? [];
  if (seconds === undefined || unique === undefined) return newTraceparent(requestId);
  return traceparentOf({ traceId: (seconds + unique).toLowerCase(), flags: sampled }, requestId);
}

/**
 * The first hop of a new trace. It is flagged as sampled, which is true because our log lines record it; receivers that
 * follow the caller's flag would otherwise not record what we send.
 */
export function newTraceparent(cause: string): string {
  return traceparentOf({ traceId: hexOf(`trace ${cause}`, 32), flags: sampled }, cause);
}

/**
 * The next hop of the same trace.
 *
 * @param traceparent one that this module accepted or made
 * @param hop unique for each hop
 */
export function nextHop(traceparent: string, hop: string): string {
  const given = parse(traceparent);
  return given === undefined ? newTraceparent(hop) : traceparentOf(given, hop);
}

/** The trace id as log lines contain it: 32 hex digits. */
export function traceIdOf(traceparent: string): string {
  return traceparent.slice(3, 35);
}

interface Trace {
  readonly traceId: string;
  readonly flags: number;
}

function parse(traceparent: string | undefined): Trace | undefined {
  const [, version, traceId = '', spanId = '', flags = '', more] = traceparentPattern.exec(traceparent ?? '') ?? [];
  if (version === undefined || version === 'ff' || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  // Later versions may append fields after the flags; version 00 may not.
  if (version === '00' && more !== undefined) return undefined;
  // Version 00, which we send, knows only the flag `sampled`.
  return { traceId, flags: Number.parseInt(flags, 16) & sampled };
}

function traceparentOf({ traceId, flags }: Trace, hop: string): string {
  return `00-${traceId}-${hexOf(hop, 16)}-0${flags}`;
}

function hexOf(text: string, digits: number): string {
  return hash('sha256', text).slice(0, digits);
}
