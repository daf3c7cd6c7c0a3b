import { stageThrottle } from '../../../functions/contract/stack';
import { defaultAppDays, listedAfterEndDays, maxAppDays } from '../../../functions/domain/tenant/connected-app';
import { defaultDays, maxDays } from '../../../functions/domain/tenant/issue-token';
import {
  accessTokenSeconds,
  codeSeconds,
  documentLimits,
  maxFetchesPerMinute,
  maxNameCharacters,
  maxQueryCharacters,
  maxRedirectUriCharacters,
  maxRedirectUris,
  maxRequestsPerMinute,
  requestMinutes,
} from '../../../functions/authorization-server/limits';
import { cacheSeconds, noteUseEverySeconds, refusedSeconds } from '../../../functions/edge/access/authenticate';
import { issuerFailureSeconds, keysMaxAgeMs } from '../../../functions/edge/access/issuer-keys';
import { defaultLimit, maxLimit } from '../../../functions/mcp-server/tools/arguments';
import { idTokenMinutes, refreshHours } from '../../../lib/dashboard/sign-in';
import { requestsPerAddress } from '../../../lib/firewall-stack';
import { markdownTable } from '../../markdown-table';
import { grouped, inTime } from '../units';

export function tokenTable(): string {
  return markdownTable(
    ['of access tokens', 'limit'],
    [
      ['days until one expires', `${defaultDays} unless asked for, ${maxDays} at most, or never`],
      ['time for which a revoked one still works', `${cacheSeconds} s at most`],
      ['time for which an instance refuses an unknown one without reading again', inTime(refusedSeconds)],
      ['`last_used_at` is written at most every', inTime(noteUseEverySeconds)],
    ],
  );
}

export function connectedAppTable(): string {
  return markdownTable(
    ['of connected apps', 'limit'],
    [
      ['days until one must be approved again', `${defaultAppDays} unless the member chooses, ${maxAppDays} at most`],
      ['time for which the tokens of one that ended still work', `${cacheSeconds} s at most`],
      ['`last_used_at` is written at most every', inTime(noteUseEverySeconds)],
      ['days for which one that ended stays listed', String(listedAfterEndDays)],
      ['an access token is good for', inTime(accessTokenSeconds)],
      ['a request waits for a person for', inTime(requestMinutes * 60)],
      ['characters of a request', grouped(maxQueryCharacters)],
      ['requests that one function instance stores', `${maxRequestsPerMinute} a minute`],
      ['a code is good for', inTime(codeSeconds)],
      [
        'addresses that a client may be sent back to',
        `${maxRedirectUris}, each of ${maxRedirectUriCharacters} characters at most`,
      ],
      ['characters of a name that are shown', String(maxNameCharacters)],
      [
        "a client's metadata document",
        `${documentLimits.maxBytes / 1024} KB, read within ${documentLimits.totalMs / 1000} s`,
      ],
      ['metadata documents that one function instance fetches', `${maxFetchesPerMinute} a minute`],
    ],
  );
}

export function signInTable(): string {
  return markdownTable(
    ['of signing in', 'how long'],
    [
      ['An ID token of Cognito or the local issuer is good for', inTime(idTokenMinutes * 60)],
      ['The dashboard renews it without asking for', inTime(refreshHours * 3600)],
      ["The issuer's keys are kept for", inTime(keysMaxAgeMs / 1000)],
      ['An issuer that failed is asked again after', inTime(issuerFailureSeconds)],
      ['A membership, a token and a plan are kept by each function instance for', inTime(cacheSeconds)],
    ],
  );
}

export function rateTable(): string {
  return markdownTable(
    ['requests of', 'limit', 'set in'],
    [
      [
        'all callers together',
        `${grouped(stageThrottle.rateLimit)} a second, ${grouped(stageThrottle.burstLimit)} at once`,
        '`stageThrottle`',
      ],
      ['one address, with the web ACL', `${grouped(requestsPerAddress)} in 5 min`, '`lib/firewall-stack.ts`'],
    ],
  );
}

/** Rows of a list over MCP, as a sentence. */
export function mcpListSentence(): string {
  return `Lists return ${defaultLimit} items unless the call asks for up to ${maxLimit}, without inputs and step outputs.`;
}
