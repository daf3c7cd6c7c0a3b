import type { RecordChangeDeps } from '../../domain/tenant/record-change';
import { errorFields, type Log } from './log';

/**
 * Logs a change that was made without its audit row. The line holds what the row would have said, because for most changes
 * it is the only record of who made them; the time of the change is in the row's id, which is a ULID. Fields of bounded
 * length that identify the change come first, because a long line loses its last fields.
 */
export function logAuditMissing(log: Log): RecordChangeDeps['onAuditMissing'] {
  return (tenant, { id: audit, action, actor, target, request_id, detail }, error) => {
    const { error: said, where } = errorFields(error);
    const fields = { event: 'audit_missing', tenant, action, audit, request_id, target };
    const by = `${actor.channel} ${actor.name}`;
    log('error', { ...fields, by, error: said, detail: detail && JSON.stringify(detail), where }, { AuditMissing: 1 });
  };
}
