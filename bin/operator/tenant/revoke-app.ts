import { endOfApp, isConnected, type AppEnd, type ConnectedApp } from '../../../functions/domain/tenant/connected-app';
import type { Session } from '../command/session';

/** Revokes a connected app, writes the audit row, and frees its place. If another call was faster, that one wrote the row. */
export async function revokeApp(session: Session, tenantId: string, app: ConnectedApp, because: AppEnd): Promise<void> {
  const at = session.now().toISOString();
  await session.record(
    tenantId,
    () => session.connectedApps.revoke(tenantId, app.id, at, because),
    (revokedAt) => (revokedAt === at ? endOfApp(app, at, because) : undefined),
  );
  await session.places.free(tenantId, 'connected_apps', app.id);
}

/**
 * Revokes the apps that somebody approved who was removed or may no longer manage agents. It is called after that change,
 * when they can approve no further app.
 *
 * @returns the apps that were connected until then
 */
export async function revokeAppsOf(session: Session, tenantId: string, email: string): Promise<ConnectedApp[]> {
  const found = await session.connectedApps.list(tenantId);
  const connected = found.filter((app) => app.approved_by === email && isConnected(app, session.now()));
  for (const app of connected) await revokeApp(session, tenantId, app, 'member_removed');
  return connected;
}
