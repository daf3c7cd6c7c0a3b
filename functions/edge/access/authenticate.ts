import type middy from '@middy/core';
import { invalidRequest, ProductError } from '../../domain/errors';
import {
  isUsable,
  mcpScopeSchema,
  tokenKindOf,
  type Scope,
  type Token,
  type TokenKind,
} from '../../domain/tenant/token';
import type { Caller } from '../http/caller';
import { doInBackground, type HttpReply, type HttpRequest } from '../http/request';
import type { RoutedRequest } from '../http/route';
import { expiringCache } from './expiring-cache';
import type { SignIn } from './sign-in';

export interface AuthenticationDeps {
  readonly tokens: {
    find(text: string): Promise<Token | undefined>;
    noteUse(text: string, token: Token, at: string): Promise<void>;
  };
  readonly now: () => Date;
}

/**
 * A member of several tenants names one of them in this header. It is ignored with a token, which belongs to one
 * tenant.
 */
export const tenantHeader = 'X-Tenant-Id';

/** A revoked token keeps working for at most this long. */
export const cacheSeconds = 10;
/**
 * A token that was refused is refused for this long without another read. That can be longer, because a token which is
 * unknown, revoked or expired never becomes good: its text is random and is shown only after the token was stored.
 */
export const refusedSeconds = 60;
/** Good tokens in the cache of one function instance, and in a part of their own as many refused ones. */
const cachedTokens = 1000;
export const noteUseEverySeconds = 300;

/** The scopes of which a kind of token must have one before its door accepts it at all. */
const doorScopes: Readonly<Record<TokenKind, readonly Scope[] | undefined>> = {
  pat: undefined,
  mcp: mcpScopeSchema.options,
};

/**
 * Finds the caller behind the bearer token. A token that is missing, malformed, unknown, revoked, expired, issued for
 * the other door, or of a person who is no member gets one identical 401.
 *
 * @param kind the only kind of token that this door accepts
 * @param options with `signIn` it also accepts members who present an ID token of the issuer
 */
export function authenticate(
  deps: AuthenticationDeps,
  kind: TokenKind,
  {
    signIn,
    resource,
  }: {
    readonly signIn?: SignIn;
    /** The address of this door: tokens that were issued for one resource open only that one (RFC 8707). */
    readonly resource?: string;
  } = {},
): middy.MiddlewareObj<RoutedRequest, HttpReply> {
  const cached = expiringCache<Token>(
    { maxAgeSeconds: cacheSeconds, maxEntries: cachedTokens, maxMissingAgeSeconds: refusedSeconds },
    deps.now,
  );

  async function findGood(text: string): Promise<Token | undefined> {
    const token = await deps.tokens.find(text);
    return token?.kind === kind && opens(token, resource) && isUsable(token, deps.now()) ? token : undefined;
  }

  async function tokenCaller(text: string, request: HttpRequest): Promise<Caller | undefined> {
    if (tokenKindOf(text) !== kind) return undefined;
    const token = await cached(text, () => findGood(text));
    // It may have expired since it was read.
    if (token === undefined || !isUsable(token, deps.now())) return undefined;
    noteUse(deps, request, text, token);
    return callerOf(token);
  }

  return {
    before: async ({ event: request }) => {
      if (request.route?.route.access === 'public') return;
      const text = /^Bearer +(\S+) *$/i.exec(request.headers['authorization'] ?? '')?.[1];
      const caller =
        text === undefined
          ? undefined
          : signIn !== undefined && isJwt(text)
            ? await memberCaller(signIn, text, request)
            : await tokenCaller(text, request);
      if (caller === undefined) throw unauthenticated();
      request.caller = caller;
    },
  };
}

/** An ID token has three parts separated by dots; the product's own tokens contain no dots. */
function isJwt(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text);
}

/** @throws ProductError `invalid_request` if a member names two tenants, of which neither is chosen silently */
async function memberCaller(
  signIn: SignIn,
  idToken: string,
  { headers, requestId }: HttpRequest,
): Promise<Caller | undefined> {
  const named = headers[tenantHeader.toLowerCase()];
  // The values of a header that is sent twice arrive as one, with a comma between them.
  const repeated = named?.includes(',') === true;
  const caller = await signIn(idToken, { tenantId: repeated ? undefined : named, requestId });
  if (!repeated || caller === undefined) return caller;
  throw invalidRequest([{ header: tenantHeader, code: 'repeated', detail: 'Send this header once, with one tenant.' }]);
}

function unauthenticated(): ProductError {
  return new ProductError('unauthenticated', 'Send a valid access token as "Authorization: Bearer <token>".');
}

function opens({ kind, scopes, resource }: Token, here: string | undefined): boolean {
  const needed = doorScopes[kind];
  return (
    (needed === undefined || needed.some((scope) => scopes.includes(scope))) &&
    (resource === undefined || resource === here)
  );
}

function noteUse(deps: AuthenticationDeps, request: HttpRequest, text: string, token: Token): void {
  const now = deps.now();
  if (token.last_used_at !== null && now.getTime() - Date.parse(token.last_used_at) < noteUseEverySeconds * 1000)
    return;
  token.last_used_at = now.toISOString();
  doInBackground(request, deps.tokens.noteUse(text, token, token.last_used_at));
}

function callerOf(token: Token): Caller {
  return {
    tenantId: token.tenant_id,
    channel: token.kind === 'pat' ? 'rest_api' : 'mcp',
    name: token.name,
    // An app gets a new access token every hour, and stays one caller.
    credential: token.app_id ?? token.id,
    scopes: token.scopes,
    permissions: [],
  };
}
