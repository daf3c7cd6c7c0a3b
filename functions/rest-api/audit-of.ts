import type { AuditAction, AuditEntry } from '../domain/tenant/audit';
import type { Call } from '../edge/http/route';

/** The audit row of a change that this call made. */
export function auditOf(
  call: Call,
  action: AuditAction,
  target: string,
  at: Date,
  detail?: AuditEntry['detail'],
): AuditEntry {
  return {
    at: at.toISOString(),
    actor: { channel: call.caller.channel, name: call.caller.name },
    action,
    target,
    request_id: call.request.requestId,
    ...(detail !== undefined && { detail }),
  };
}
