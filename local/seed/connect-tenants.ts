import { ulid } from 'ulid';
import { auditIds } from '../../functions/domain/tenant/audit-ids';
import { kindOfScope, newToken, scopeSchema, type TokenKind } from '../../functions/domain/tenant/token';
import type { ConnectedTenant } from '../connection';
import { demoPassword } from '../sign-in/demo-users';
import { auditFirstStart } from './audit';
import { membersOf } from './members';
import type { Stores } from './stores';
import { seedTenants } from './tenants';

/**
 * Returns the tokens, users and workflows of each seeded tenant. The table stores only hashes of tokens, so their text
 * is kept in `connection.json`. A token that is missing there, or not valid in the table, is replaced by a new one.
 */
export async function connectTenants(
  stores: Stores,
  earlier: Readonly<Record<string, ConnectedTenant>>,
  now: Date,
): Promise<Record<string, ConnectedTenant>> {
  const connected = await Promise.all(
    seedTenants.map(async ({ plan, id }): Promise<[string, ConnectedTenant]> => {
      const workflows = await stores.workflows.all(id);
      const known = earlier[plan];
      return [
        plan,
        {
          id,
          rest_token: await usableToken(stores, id, 'pat', known?.rest_token, now),
          mcp_token: await usableToken(stores, id, 'mcp', known?.mcp_token, now),
          users: membersOf(id).map(({ email, permissions }) => ({
            email,
            password: demoPassword,
            permissions: [...permissions],
          })),
          workflows: workflows
            .map(({ id: workflowId, name }) => ({ id: workflowId, name }))
            .sort((a, b) => a.id - b.id),
        },
      ];
    }),
  );
  return Object.fromEntries(connected);
}

async function usableToken(
  stores: Stores,
  tenantId: string,
  kind: TokenKind,
  known: string | undefined,
  now: Date,
): Promise<string> {
  const stored = known === undefined ? undefined : await stores.tokens.find(known);
  if (known !== undefined && stored?.tenant_id === tenantId && stored.revoked_at === null) return known;
  const text = newToken(kind);
  const [id, at] = [`tok_${ulid()}`, now.toISOString()];
  await stores.tokens.put(tenantId, text, {
    id,
    tenant_id: tenantId,
    kind,
    name: kind === 'pat' ? 'Local REST token' : 'Local MCP token',
    scopes: kind === 'mcp' ? ['mcp'] : scopeSchema.options.filter((scope) => kindOfScope(scope) === 'pat'),
    created_at: at,
    expires_at: null,
    last_used_at: null,
    revoked_at: null,
    created_by: null,
  });
  await auditFirstStart(stores, tenantId, { id: auditIds.tokenCreated(id), at, action: 'token.created', target: id });
  return text;
}
