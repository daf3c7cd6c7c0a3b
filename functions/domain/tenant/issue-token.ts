import * as z from 'zod/mini';
import { addSeconds } from '../day';
import { nameSchema } from '../text';
import {
  kindOfScope,
  newToken,
  scopeSchema,
  tokenKindSchema,
  tokenSchema,
  type Scope,
  type Token,
  type TokenKind,
} from './token';

export const defaultDays = 90;
export const maxDays = 365;

/**
 * The scopes of a token that is requested without scopes: all except writing recipes, which must be requested by name.
 */
const scopesOfKind: Readonly<Record<TokenKind, readonly Scope[]>> = {
  pat: ['workflows:read', 'workflows:run', 'webhooks:read', 'webhooks:write'],
  mcp: ['mcp'],
};

/** A request for a new token. With `expires_in_days: null` it works until it is revoked. */
export const tokenWriteSchema = z
  .strictObject({
    name: nameSchema,
    kind: z.optional(tokenKindSchema),
    scopes: z.optional(z.array(scopeSchema).check(z.minLength(1), z.maxLength(scopeSchema.options.length))),
    expires_in_days: z._default(z.nullable(z.int().check(z.minimum(1), z.maximum(maxDays))), defaultDays),
  })
  .check(
    z.refine(({ kind, scopes }) => kind !== undefined || scopes !== undefined, {
      path: ['scopes'],
      error: 'Required: a list of scopes, unless kind is given.',
    }),
    z.refine(({ scopes = [] }) => new Set(scopes).size === scopes.length, {
      path: ['scopes'],
      error: 'Name each scope once.',
    }),
    z.refine(({ scopes = [] }) => scopes.length <= 1 || kindOf(scopes) === 'pat', {
      path: ['scopes'],
      error: 'mcp and mcp:read stand alone: a token opens the MCP server or the REST API, not both.',
    }),
    z.refine(({ kind, scopes }) => kind === undefined || scopes === undefined || kind === kindOf(scopes), {
      path: ['kind'],
      error: 'These scopes are not of this kind: mcp goes with the scope mcp or mcp:read, pat with all others.',
    }),
  );
export type TokenWrite = z.infer<typeof tokenWriteSchema>;

/** A token as it is shown. Its text is not included; that is shown once, at creation. */
export const tokenViewSchema = z.extend(z.omit(tokenSchema, { tenant_id: true, app_id: true, resource: true }), {
  status: z.enum(['active', 'expired', 'revoked']),
});
export type TokenView = z.infer<typeof tokenViewSchema>;

function kindOf(scopes: readonly Scope[]): TokenKind {
  return scopes.some((scope) => kindOfScope(scope) === 'mcp') ? 'mcp' : 'pat';
}

export function scopesOf({ kind, scopes }: Pick<TokenWrite, 'kind' | 'scopes'>): readonly Scope[] {
  return scopes ?? scopesOfKind[kind ?? 'pat'];
}

/**
 * @param createdBy who issues it: the e-mail address of a member, or the operator's name
 * @param newUlid makes the id, by which a tenant's tokens are sorted
 */
export function issueToken(
  tenantId: string,
  write: TokenWrite,
  { createdBy, now, newUlid }: { readonly createdBy: string; readonly now: Date; readonly newUlid: () => string },
): { text: string; token: Token } {
  const scopes = scopesOf(write);
  const kind = kindOf(scopes);
  const { name, expires_in_days: days } = write;
  return {
    text: newToken(kind),
    token: {
      id: `tok_${newUlid()}`,
      tenant_id: tenantId,
      kind,
      name,
      scopes: [...scopes],
      created_at: now.toISOString(),
      expires_at: days === null ? null : addSeconds(now, days * 86_400).toISOString(),
      last_used_at: null,
      revoked_at: null,
      created_by: createdBy,
    },
  };
}

/** What the audit row of a token's creation says. */
export function factsOfToken({ name, scopes, expires_at }: Token): Record<string, string | null> {
  return { name, scopes: scopes.join(' '), expires_at };
}

export function viewToken(
  { tenant_id: _owner, app_id: _app, resource: _resource, ...token }: Token,
  now: Date,
): TokenView {
  const expired = token.expires_at !== null && Date.parse(token.expires_at) <= now.getTime();
  return { ...token, status: token.revoked_at !== null ? 'revoked' : expired ? 'expired' : 'active' };
}
