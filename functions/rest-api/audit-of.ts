import type { AuditAction, AuditEvent } from '../domain/audit';
import type { Call } from '../edge/route';

/** What a call did to what, as its audit row says. */
interface Deed {
  /** See `changeRecorder` for which ULID it is. */
  readonly id: string;
  readonly action: AuditAction;
  readonly target: string;
  readonly at: Date;
  readonly detail?: AuditEvent['detail'];
}

/** The audit row of a change this call makes. */
export function auditOf({ caller, request }: Call, { at, ...deed }: Deed): AuditEvent {
  return {
    ...deed,
    at: at.toISOString(),
    actor: { channel: caller.channel, name: caller.name },
    request_id: request.requestId,
  };
}
