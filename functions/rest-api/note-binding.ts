import type { MemberStore } from '../aws/members';
import type { RecordChange } from '../domain/record-change';
import type { SignInDeps } from '../edge/sign-in';

interface BindMemberDeps {
  readonly members: Pick<MemberStore, 'bind'>;
  readonly record: RecordChange;
  readonly now: () => Date;
  readonly newUlid: () => string;
}

/** Makes an account a member's for good, and leaves the audit row of it. */
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
