import { endOfApp } from '../../domain/tenant/connected-app';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { requireConnectedApp } from './get-connected-app';

export function revokeConnectedApp({
  connectedApps,
  places,
  record,
  now,
}: Pick<RestApiDeps, 'connectedApps' | 'places' | 'record' | 'now'>): GuardedRoute {
  return {
    method: 'DELETE',
    path: '/api/v1/connected-apps/{app_id}',
    operationId: 'revokeConnectedApp',
    summary: 'Revoke a connected app; it stays listed, and its tokens open nothing within seconds',
    access: { scope: 'none', permission: 'manage_agents' },
    plan: 'any_in_dashboard',
    replies: { 204: null },
    errors: ['not_found'],
    act: async (call) => {
      const { tenantId } = call.caller;
      const app = await requireConnectedApp({ connectedApps }, call);
      if (app.revoked_at === null) {
        const at = now();
        const revokedAt = at.toISOString();
        const row = auditOf(call, { ...endOfApp(app, revokedAt, 'revoked'), at });
        await record(
          tenantId,
          () => connectedApps.revoke(tenantId, app.id, revokedAt, 'revoked'),
          // A call that was faster leaves the row.
          (since) => (since === revokedAt ? row : undefined),
        );
        await places.free(tenantId, 'connected_apps', app.id);
      }
      return { status: 204 };
    },
  };
}
