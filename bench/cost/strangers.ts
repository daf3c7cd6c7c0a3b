import { functionLimits } from '../../functions/contract/functions';
import { stageThrottle } from '../../functions/contract/stack';
import { maxQueryCharacters, maxRequestsPerMinute } from '../../functions/authorization-server/limits';
import { openLog } from '../../functions/edge/log/log';
import { logRefusal } from '../../functions/edge/log/refusal';
import { concurrencyOf, usualConcurrency } from '../../lib/concurrency';
import { markdownTable } from '../markdown-table';
import { accessLogBytes } from './count/log-bytes';
import { model } from './model';
import { prices } from './prices';

/** What one request of a stranger costs in US$, and what bounds how many there are. */
export interface Flood {
  readonly what: string;
  readonly usd: number;
  /** Requests a second above which the product refuses without cost; undefined if nothing but a web ACL bounds them. */
  readonly perSecond: number | undefined;
}

/** Bytes of a refusal with its headers. */
const refusalBytes = 700;
/** Bytes of the script of the reference page, as CloudFront compresses it for a client that accepts gzip. */
export const compressedScriptBytes = 258_000;

/** A write unit is 1 KB. Beside the query, 600 bytes say who asks and where the browser goes on. */
const writeUnits = Math.ceil((maxQueryCharacters + 600) / 1024);
/** Instances of the authorization server in an account with the usual quota. */
const authorizationServers = concurrencyOf(usualConcurrency, stageThrottle).authorizationServer ?? 0;

const secondsADay = 86_400;

export function floods(): readonly Flood[] {
  const refused = prices.httpRequest.usd + functionUsd(model.ownMs) + logUsd() + refusalBytes * prices.egressByte.usd;
  const read = prices.readUnit.usd + functionUsd(model.dynamodbMs) - prices.lambdaRequest.usd;
  const written = writeUnits * prices.writeUnit.usd + functionUsd(model.dynamodbMs) - prices.lambdaRequest.usd;
  const perSecond = stageThrottle.rateLimit;
  return [
    { what: 'straight to API Gateway (421)', usd: refused, perSecond },
    { what: 'a malformed token (401)', usd: refused + prices.edgeRequest.usd, perSecond },
    { what: 'a made-up token of the right form (401)', usd: refused + read + prices.edgeRequest.usd, perSecond },
    {
      what: 'what an app asks of a person, as large as may be',
      usd: refused + written + prices.edgeRequest.usd,
      perSecond: Math.min(perSecond, (authorizationServers * maxRequestsPerMinute) / 60),
    },
    {
      what: 'the script of the reference page, compressed',
      usd: prices.edgeRequest.usd + compressedScriptBytes * prices.edgeByte.usd,
      perSecond: undefined,
    },
    { what: 'any request that the stage throttles', usd: prices.edgeRequest.usd, perSecond: undefined },
  ];
}

/** The most that a day of the flood costs; undefined if it has no bound. */
export function usdADay({ usd, perSecond }: Flood): number | undefined {
  return perSecond === undefined ? undefined : usd * perSecond * secondsADay;
}

/** The requests a second that cost `usd` a day. */
export function rateThatCosts(usd: number, flood: Flood): number {
  return Math.floor(usd / secondsADay / flood.usd);
}

export function strangersTable(): string {
  return markdownTable(
    ['a stranger sends', 'US$ per million', 'bounded to', 'US$ a day at most', 'requests/s that cost 25 US$ a day'],
    floods().map((flood) => [
      flood.what,
      (flood.usd * 1e6).toFixed(2),
      flood.perSecond === undefined
        ? 'nothing'
        : `${flood.perSecond}/s ${flood.perSecond === stageThrottle.rateLimit ? 'by the stage' : 'by its instances'}`,
      usdADay(flood)?.toFixed(0) ?? '–',
      String(rateThatCosts(25, flood)),
    ]),
  );
}

function functionUsd(ms: number): number {
  const gigabytes = functionLimits['rest-api'].memoryMb / 1024;
  return prices.lambdaRequest.usd + (ms / 1000) * gigabytes * prices.lambdaGbSecond.usd;
}

/** The lines that a refusal leaves in the access log and in the function's log, and its share of a trace. */
function logUsd(): number {
  let bytes = accessLogBytes;
  const log = openLog('production', (line) => (bytes += Buffer.byteLength(line) + model.logLineOverheadBytes));
  const request = {
    requestId: 'JKJaXmPLvHcESHA=',
    startedAtMs: 0,
    traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    method: 'GET',
    path: '/api/v1/me',
    query: new URLSearchParams(),
    headers: {},
    cookies: [],
    rawBody: Buffer.alloc(0),
    ip: '203.0.113.7',
    domainName: 'api.example',
    background: [],
  };
  logRefusal({ log, now: () => new Date(model.ownMs) }, request, { code: 'unauthenticated', operation: 'getMe' });
  return bytes * prices.logByte.usd + model.traceRate * prices.trace.usd;
}
