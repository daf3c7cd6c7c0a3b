import { endOfApp, type AppEnd } from '../../domain/tenant/connected-app';
import { readReference } from './app-reference';
import type { AuthorizationServerDeps } from '../deps';

export type EndAppDeps = Pick<AuthorizationServerDeps, 'connectedApps' | 'places' | 'record' | 'now'>;

/** Ends a connected app, and with it every code and token that it has. The first end stays; only it is audited. */
export async function endApp(
  deps: EndAppDeps,
  reference: string,
  { because, requestId }: { readonly because: AppEnd; readonly requestId: string },
): Promise<void> {
  const found = readReference(reference);
  if (found === undefined) return;
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
            ...endOfApp(app, at, because),
            actor:
              because === 'disconnected' ? { channel: 'mcp', name: app.name } : { channel: 'system', name: 'system' },
            request_id: requestId,
          }
        : undefined,
  );
  await deps.places.free(tenantId, 'connected_apps', appId);
}
