import type middy from '@middy/core';
import { ProductError } from '../../domain/errors';
import { isUsable, tokenKindOf, type Scope, type Token, type TokenKind } from '../../domain/tenant/token';
import type { Caller } from '../http/caller';
import type { HttpReply, HttpRequest } from '../http/request';
import type { RoutedRequest } from '../http/route';
import { expiringCache } from './expiring-cache';
import type { SignIn } from './sign-in';

export interface AuthenticationDeps {
  readonly tokens: {
    find(text: string): Promise<Token | undefined>;
    noteUse(text: string, at: string): Promise<void>;
  };
  readonly now: () => Date;
}

/** A member of several tenants names one here. A token belongs to one tenant, whatever is sent. */
export const tenantHeader = 'X-Tenant-Id';

/** A revoked token works at most this much longer. */
export const cacheSeconds = 10;
const cachedTokens = 1000;
export const noteUseEverySeconds = 300;

/** A token without its door's own scope opens no door. */
const doorScopes: Readonly<Record<TokenKind, Scope | undefined>> = { pat: undefined, mcp: 'mcp' };

/**
 * Finds the caller behind the bearer token. Missing, malformed, unknown, revoked, expired, made for the other door, or of
 * a person without a place here: one identical 401.
 *
 * @param kind the only kind of token this door opens to
 * @param signIn lets in members with an ID token of the issuer too
 */
export function authenticate(
  deps: AuthenticationDeps,
  kind: TokenKind,
  signIn?: SignIn,
): middy.MiddlewareObj<RoutedRequest, HttpReply> {
  const cached = expiringCache<Token | undefined>(cacheSeconds, cachedTokens, deps.now);

  async function tokenCaller(text: string, request: HttpRequest): Promise<Caller | undefined> {
    if (tokenKindOf(text) !== kind) return undefined;
    const token = await cached(text, () => deps.tokens.find(text));
    if (token?.kind !== kind || !opens(token) || !isUsable(token, deps.now())) return undefined;
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
            ? await signIn(text, {
                tenantId: request.headers[tenantHeader.toLowerCase()],
                requestId: request.requestId,
              })
            : await tokenCaller(text, request);
      if (caller === undefined) throw unauthenticated();
      request.caller = caller;
    },
  };
}

/** Three parts; our own tokens have no dots. */
function isJwt(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text);
}

function unauthenticated(): ProductError {
  return new ProductError('unauthenticated', 'Send a valid access token as "Authorization: Bearer <token>".');
}

function opens({ kind, scopes }: Token): boolean {
  const needed = doorScopes[kind];
  return needed === undefined || scopes.includes(needed);
}

function noteUse(deps: AuthenticationDeps, request: HttpRequest, text: string, token: Token): void {
  const now = deps.now();
  if (token.last_used_at !== null && now.getTime() - Date.parse(token.last_used_at) < noteUseEverySeconds * 1000)
    return;
  token.last_used_at = now.toISOString();
  request.background.push(deps.tokens.noteUse(text, token.last_used_at));
}

function callerOf(token: Token): Caller {
  return {
    tenantId: token.tenant_id,
    channel: token.kind === 'pat' ? 'rest_api' : 'mcp',
    name: token.name,
    scopes: token.scopes,
    permissions: [],
  };
}
