import { auditIds } from '../domain/tenant/audit-ids';
import type { ConnectedApp } from '../domain/tenant/connected-app';
import type { LibraryDeps } from './deps';
import { requestId } from './request-id';

type FirstRefreshDeps = Pick<LibraryDeps, 'connectedApps' | 'record' | 'now'>;

/**
 * Leaves an audit row when an app got new tokens without a person for the first time. The later times would be a row each
 * hour, and the app's last use tells as much.
 */
export async function noteFirstRefresh(deps: FirstRefreshDeps, app: ConnectedApp): Promise<void> {
  if (app.first_refreshed_at !== null) return;
  const { tenant_id: tenantId, id: appId } = app;
  const at = deps.now().toISOString();
  await deps.record(
    tenantId,
    () => deps.connectedApps.noteFirstRefresh(tenantId, appId, at),
    (isFirst) =>
      isFirst
        ? {
            id: auditIds.appRefreshed(appId, at),
            at,
            actor: { channel: 'mcp', name: app.name },
            action: 'app.refreshed',
            target: appId,
            request_id: requestId(),
            detail: { name: app.name },
          }
        : undefined,
  );
}
