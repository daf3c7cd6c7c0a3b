import { auditIds } from '../../../functions/domain/tenant/audit-ids';
import type { Token } from '../../../functions/domain/tenant/token';
import type { Session } from '../command/session';

/**
 * Revokes a token that works, writes the audit row, and frees its place.
 *
 * @returns since when it is revoked: earlier than now if another call was faster, which then wrote the row
 */
export async function revokeToken(session: Session, tenantId: string, { id, name }: Token): Promise<string> {
  const at = session.now().toISOString();
  const since = await session.record(
    tenantId,
    () => session.tokens.revoke(tenantId, id, at),
    (revokedAt) =>
      revokedAt === at
        ? { id: auditIds.tokenRevoked(id, at), at, action: 'token.revoked', target: id, detail: { name } }
        : undefined,
  );
  await session.places.free(tenantId, 'active_tokens', id);
  return since ?? at;
}
