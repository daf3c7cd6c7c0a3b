import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { requireToken } from './get-token';

export function revokeToken({ tokens, audit, now }: Pick<RestApiDeps, 'tokens' | 'audit' | 'now'>): GuardedRoute {
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
        // Another call that was faster leaves the row.
        if ((await tokens.revoke(tenantId, token.id, at.toISOString())) !== at.toISOString()) return { status: 204 };
        await audit.append(tenantId, auditOf(call, 'token.revoked', token.id, at, { name: token.name }));
      }
      return { status: 204 };
    },
  };
}
