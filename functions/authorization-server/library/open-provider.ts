import type { ErrorOut, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { Provider as OidcProvider } from 'oidc-provider/lib/provider.js';
import { newToken, type McpScope } from '../../domain/tenant/token';
import { errorFields } from '../../edge/log/log';
import { configure } from './configure';
import type { LibraryDeps } from '../deps';
import { maxQueryCharacters, maxRequestsPerMinute } from '../limits';
import { errorPage } from './error-page';
import { metadataOf } from './metadata';
import { oauthPaths } from '../paths';
import { turnsPerMinute } from '../turns';

/**
 * The OAuth 2.1 authorization server: a certified library, restricted to what MCP clients need. It issues codes only, with
 * PKCE and S256, to public clients; tokens for the MCP server only; and decides nothing itself, because each request is
 * shown to a person.
 */
export function openProvider(deps: LibraryDeps): Provider {
  const provider = new OidcProvider(deps.origin, configure(deps));
  // The scheme is told by a header, which is ours.
  provider.proxy = true;
  writeTokensOurWay(provider);
  const takeTurn = turnsPerMinute(maxRequestsPerMinute, deps.now);
  provider.use(async (ctx, next) => {
    const refusal = ctx.path === oauthPaths.authorize ? refusalOf(ctx.querystring, takeTurn) : undefined;
    if (refusal !== undefined) {
      ctx.status = refusal.status;
      errorPage(ctx, refusal.out, deps.origin);
      return;
    }
    onlyMcp(ctx);
    await next();
    if (ctx.path === oauthPaths.metadata && ctx.status === 200) ctx.body = metadataOf(ctx.body);
  });
  provider.on('server_error', (_ctx, error) => deps.log('error', { event: 'oauth_failed', ...errorFields(error) }));
  return provider;
}

/** Anybody may ask, and what they ask is stored until a person decides, so both size and number are bounded. */
function refusalOf(query: string, takeTurn: () => boolean): { status: number; out: ErrorOut } | undefined {
  if (query.length > maxQueryCharacters) {
    const error_description = `the request has more than ${maxQueryCharacters} characters`;
    return { status: 400, out: { error: 'invalid_request', error_description } };
  }
  if (takeTurn()) return undefined;
  const error_description = 'too many apps ask just now; try again in a minute';
  return { status: 429, out: { error: 'temporarily_unavailable', error_description } };
}

/** A token of ours looks like one to secret scanners, and is refused without a read if it is mistyped. */
function writeTokensOurWay({ AccessToken }: Provider): void {
  Object.defineProperty(AccessToken.prototype, 'generateTokenId', {
    value(this: object) {
      Reflect.set(this, 'format', 'opaque');
      return newToken('mcp');
    },
  });
}

/** Parameters of OpenID Connect, which some clients send always. The library would refuse them without `openid`. */
const openIdParameters = ['acr_values', 'claims', 'claims_locales', 'id_token_hint', 'max_age', 'nonce'];

/**
 * A request is for reading only if it names `mcp:read` and not `mcp`; it is for every tool if it names anything else, or
 * nothing (RFC 6749, section 3.3). Some clients ask for all scopes that the metadata lists. A person is asked in any case, so
 * of the wishes in `prompt` only that for no person matters.
 */
function onlyMcp(ctx: Pick<KoaContextWithOIDC, 'path' | 'query'>): void {
  if (ctx.path !== oauthPaths.authorize) return;
  const { prompt, scope, ...query } = ctx.query;
  const asked = Object.entries(query).filter(([name]) => !openIdParameters.includes(name));
  ctx.query = { ...Object.fromEntries(asked), ...(prompt === 'none' && { prompt }), scope: scopeOf(scope) };
}

function scopeOf(named: unknown): McpScope {
  const scopes = String(named).split(' ');
  return scopes.includes('mcp:read') && !scopes.includes('mcp') ? 'mcp:read' : 'mcp';
}
