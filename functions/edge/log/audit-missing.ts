import type { RecordChangeDeps } from '../../domain/tenant/record-change';
import { errorFields, type Log } from './log';

/**
 * Logs a change that was made without its audit row. The fields that identify the row come first, because a long line loses
 * its last fields.
 */
export function logAuditMissing(log: Log): RecordChangeDeps['onAuditMissing'] {
  return (tenant, { action, id: audit, target, request_id }, error) => {
    const { error: said, where } = errorFields(error);
    const fields = { event: 'audit_missing', action, audit, target, tenant, error: said, request_id, where };
    log('error', fields, { AuditMissing: 1 });
  };
}
