import { isAppId, type AppEnd } from '../domain/tenant/connected-app';
import { auditIds } from '../domain/tenant/audit-ids';
import { readReference } from './app-reference';
import type { AuthorizationServerDeps } from './deps';

export type EndAppDeps = Pick<AuthorizationServerDeps, 'connectedApps' | 'places' | 'record' | 'now'>;

/** Ends a connected app, and with it every code and token that it has. The first end stays; only it is audited. */
export async function endApp(
  deps: EndAppDeps,
  reference: string,
  { because, requestId }: { readonly because: AppEnd; readonly requestId: string },
): Promise<void> {
  const found = readReference(reference);
  if (found === undefined || !isAppId(found.appId)) return;
  const { tenantId, appId } = found;
  const app = await deps.connectedApps.get(tenantId, appId);
  if (app === undefined) return;
  const at = deps.now().toISOString();
  await deps.record(
    tenantId,
    () => deps.connectedApps.revoke(tenantId, appId, at, because),
    (endedAt) =>
      endedAt === at
        ? {
            id: auditIds.appEnded(appId, at),
            at,
            actor:
              because === 'disconnected' ? { channel: 'mcp', name: app.name } : { channel: 'system', name: 'system' },
            action: because === 'reuse_detected' ? 'app.reuse_detected' : 'app.revoked',
            target: appId,
            request_id: requestId,
            detail: { name: app.name, because },
          }
        : undefined,
  );
  await deps.places.free(tenantId, 'connected_apps', appId);
}
