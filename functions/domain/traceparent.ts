import { createHash } from 'node:crypto';

/**
 * W3C Trace Context: `00-<trace id>-<span id>-<flags>`, so that a caller's trace leads through the run to the webhook's
 * receiver. https://www.w3.org/TR/trace-context/#traceparent-header
 *
 * Every hop has a span id of its own, made from what makes the hop unique, so that no maker of random ids is handed
 * around and a repeat is the same hop.
 */
const traceparentPattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** `Root=1-<8 hex>-<24 hex>` is X-Ray's spelling of a trace id: docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html */
const xRayRootPattern = /(?:^|;)\s*Root=1-([0-9a-f]{8})-([0-9a-f]{24})(?:;|$)/i;

const sampled = 1;

/** The headers a request's trace is read from. */
export interface TraceHeaders {
  readonly traceparent: string | undefined;
  /** `X-Amzn-Trace-Id`, which API Gateway adds to every request. */
  readonly xRay: string | undefined;
}

/**
 * The `traceparent` of our own hop. A header that is missing or not to be trusted as a whole (malformed, sent twice, an id
 * of zeros, version `ff`) begins a new trace: X-Ray's when there is one, else one made from the request id.
 *
 * @param requestId unique to the request
 */
export function acceptTraceparent({ traceparent, xRay }: TraceHeaders, requestId: string): string {
  const given = parse(traceparent);
  if (given !== undefined) return traceparentOf(given, requestId);
  const [, seconds, unique] = xRayRootPattern.exec(xRay ?? '') ?? [];
  if (seconds === undefined || unique === undefined) return newTraceparent(requestId);
  return traceparentOf({ traceId: (seconds + unique).toLowerCase(), flags: sampled }, requestId);
}

/**
 * The first hop of a trace that nobody began before us. It is flagged as recorded, which our own log lines make true:
 * receivers that follow their caller's choice would otherwise stop to record what we send.
 */
export function newTraceparent(cause: string): string {
  return traceparentOf({ traceId: hexOf(`trace ${cause}`, 32), flags: sampled }, cause);
}

/**
 * The same trace one hop on.
 *
 * @param traceparent one that was accepted or made here
 * @param hop unique to the hop
 */
export function nextHop(traceparent: string, hop: string): string {
  const given = parse(traceparent);
  return given === undefined ? newTraceparent(hop) : traceparentOf(given, hop);
}

/** What log lines hold: 32 hex digits. */
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
  // Later versions may say more after the flags; ours may not.
  if (version === '00' && more !== undefined) return undefined;
  // Of the flags only `sampled` is known in version 00, which is what we go on with.
  return { traceId, flags: Number.parseInt(flags, 16) & sampled };
}

function traceparentOf({ traceId, flags }: Trace, hop: string): string {
  return `00-${traceId}-${hexOf(hop, 16)}-0${flags}`;
}

function hexOf(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}
