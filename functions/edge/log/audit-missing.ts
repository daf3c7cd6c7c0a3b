import type { RecordChangeDeps } from '../../domain/tenant/record-change';
import { errorFields, type Log } from './log';

/**
 * Reports a change that was made without its audit row. The line holds what the row would be found by, so it stands before
 * whatever a long line loses.
 */
export function logAuditMissing(log: Log): RecordChangeDeps['onAuditMissing'] {
  return (tenant, { action, id: audit, target, request_id }, error) => {
    const { error: said, where } = errorFields(error);
    const fields = { event: 'audit_missing', action, audit, target, tenant, error: said, request_id, where };
    log('error', fields, { AuditMissing: 1 });
  };
}
