import { auditIds } from '../../domain/tenant/audit-ids';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { requireToken } from './get-token';

export function revokeToken({
  tokens,
  places,
  record,
  now,
}: Pick<RestApiDeps, 'tokens' | 'places' | 'record' | 'now'>): GuardedRoute {
  return {
    method: 'DELETE',
    path: '/api/v1/tokens/{token_id}',
    operationId: 'revokeToken',
    summary: 'Revoke an access token; it stays listed and opens nothing within seconds',
    access: { scope: 'none', permission: 'manage_agents' },
    plan: 'any_in_dashboard',
    replies: { 204: null },
    errors: ['not_found'],
    act: async (call) => {
      const { tenantId } = call.caller;
      const token = await requireToken({ tokens }, call);
      if (token.revoked_at === null) {
        const at = now();
        const revokedAt = at.toISOString();
        const row = auditOf(call, {
          id: auditIds.tokenRevoked(token.id, revokedAt),
          action: 'token.revoked',
          target: token.id,
          at,
          detail: { name: token.name },
        });
        await record(
          tenantId,
          () => tokens.revoke(tenantId, token.id, revokedAt),
          // A call that was faster leaves the row.
          (since) => (since === revokedAt ? row : undefined),
        );
        await places.free(tenantId, 'active_tokens', token.id);
      }
      return { status: 204 };
    },
  };
}
