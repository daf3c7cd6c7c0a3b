import type { AuditAction, AuditEvent } from '../domain/tenant/audit';
import type { Call } from '../edge/http/route';

/** A change that a call makes, as its audit row describes it. */
interface Change {
  /** A ULID; `changeRecorder` explains which one. */
  readonly id: string;
  readonly action: AuditAction;
  readonly target: string;
  readonly at: Date;
  readonly detail?: AuditEvent['detail'];
}

/** The audit row of a change that this call makes. */
export function auditOf({ caller, request }: Call, { at, ...change }: Change): AuditEvent {
  return {
    ...change,
    at: at.toISOString(),
    actor: { channel: caller.channel, name: caller.name },
    request_id: request.requestId,
  };
}
