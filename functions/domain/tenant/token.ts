import { hash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import * as z from 'zod/mini';

/** `pat` opens only the REST API, `mcp` only the MCP server. */
export const tokenKindSchema = z.enum(['pat', 'mcp']);
export type TokenKind = z.infer<typeof tokenKindSchema>;

/** The scopes of the MCP server: `mcp` opens every tool, `mcp:read` those that only read. A token has one of them. */
export const mcpScopeSchema = z.enum(['mcp', 'mcp:read']);
export type McpScope = z.infer<typeof mcpScopeSchema>;

export const scopeSchema = z.enum([
  'workflows:read',
  'workflows:run',
  'workflows:write',
  'webhooks:read',
  'webhooks:write',
  ...mcpScopeSchema.options,
]);
export type Scope = z.infer<typeof scopeSchema>;

/** The kind of token that has a scope. */
export function kindOfScope(scope: Scope): TokenKind {
  return mcpScopeSchema.safeParse(scope).success ? 'mcp' : 'pat';
}

/** A token as stored. Its text is never stored. */
export const tokenSchema = z.object({
  id: z.string(),
  tenant_id: z.string(),
  kind: tokenKindSchema,
  name: z.string(),
  scopes: z.array(scopeSchema),
  created_at: z.string(),
  expires_at: z.nullable(z.string()),
  last_used_at: z.nullable(z.string()),
  revoked_at: z.nullable(z.string()),
  /** E-mail address of the member who issued it, or the operator's name; null for tokens of earlier releases. */
  created_by: z._default(z.nullable(z.string()), null),
  /** The connected app that got this access token; absent for tokens that people issue. It works only while the app does. */
  app_id: z.optional(z.string()),
  /** The only resource that an app's token opens (RFC 8707). */
  resource: z.optional(z.string()),
});
export type Token = z.infer<typeof tokenSchema>;

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const randomCharacters = 30;
const checksumCharacters = 6;

/**
 * Makes a new token: `cwf_pat_` or `cwf_mcp_`, 30 random base62 characters (178 bits) and 6 characters of CRC32. The
 * checksum lets a typo be refused without a read and secret scanners match exactly; it authenticates nothing.
 */
export function newToken(kind: TokenKind): string {
  const random = Array.from({ length: randomCharacters }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
  const start = `cwf_${kind}_${random}`;
  return start + checksum(start);
}

/** The kind of a well-formed token; undefined if prefix, length or checksum is wrong. */
export function tokenKindOf(token: string): TokenKind | undefined {
  const match = /^cwf_(pat|mcp)_[0-9A-Za-z]{36}$/.exec(token);
  if (match === null) return undefined;
  const start = token.slice(0, -checksumCharacters);
  return checksum(start) === token.slice(-checksumCharacters) ? tokenKindSchema.parse(match[1]) : undefined;
}

/** Whether `text` has the form of a token id, `tok_` and a ULID. */
export function isTokenId(text: string): boolean {
  return /^tok_[0-9A-Z]{26}$/.test(text);
}

/** SHA-256 in hex, the only form in which a token is stored. It needs no salt, because a token has 178 random bits. */
export function hashToken(token: string): string {
  return hash('sha256', token);
}

export function isUsable(token: Token, now: Date): boolean {
  if (token.revoked_at !== null) return false;
  return token.expires_at === null || Date.parse(token.expires_at) > now.getTime();
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < checksumCharacters; place += 1) {
    digits = alphabet.charAt(rest % alphabet.length) + digits;
    rest = Math.floor(rest / alphabet.length);
  }
  return digits;
}
