import type { Account, Binding } from '../../domain/tenant/member';
import type { RecordChange } from '../../domain/tenant/record-change';
import type { SignInDeps } from './sign-in';

interface BindMemberDeps {
  readonly members: { bind(tenantId: string, email: string, account: Account): Promise<Binding> };
  readonly record: RecordChange;
  readonly now: () => Date;
  readonly newUlid: () => string;
}

/** Binds an account to a member permanently, and writes the audit row. */
export function bindMember({ members, record, now, newUlid }: BindMemberDeps): SignInDeps['members']['bind'] {
  return ({ tenant_id: tenantId, email }, account, requestId) => {
    const row = {
      id: newUlid(),
      at: now().toISOString(),
      actor: { channel: 'dashboard', name: email },
      action: 'member.bound',
      target: `member ${email}`,
      request_id: requestId,
    } as const;
    return record(
      tenantId,
      () => members.bind(tenantId, email, account),
      (binding) => (binding === 'bound' ? row : undefined),
    );
  };
}
