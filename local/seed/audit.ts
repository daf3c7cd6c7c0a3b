import type { AuditEvent } from '../../functions/domain/tenant/audit';
import type { Stores } from './stores';

/**
 * Writes the audit row of something that the first start created, as the product does for whatever people create, so that
 * `operator reconcile` finds nothing missing. A row that exists already stays.
 */
export async function auditFirstStart(
  { audit }: Pick<Stores, 'audit'>,
  tenantId: string,
  created: Pick<AuditEvent, 'id' | 'at' | 'action' | 'target'>,
): Promise<void> {
  const actor = { channel: 'system', name: 'First start' } as const;
  await audit.append(tenantId, { ...created, actor, request_id: 'first-start' });
}
