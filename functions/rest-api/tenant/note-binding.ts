import type { AuditStore } from '../../aws/tenant/audit';
import type { Member } from '../../domain/tenant/member';

/** Records which account was bound to a member. */
export function noteBinding(audit: AuditStore, now: () => Date) {
  return async ({ tenant_id, email }: Member, requestId: string): Promise<void> => {
    await audit.append(tenant_id, {
      at: now().toISOString(),
      actor: { channel: 'dashboard', name: email },
      action: 'member.bound',
      target: `member ${email}`,
      request_id: requestId,
    });
  };
}
