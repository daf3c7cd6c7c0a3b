import type { RecordChange } from '../../domain/tenant/record-change';
import { bindMember } from './bind-member';
import { idTokenVerifier } from './id-token';
import { issuerKeys } from './issuer-keys';
import { signIn, type SignIn, type SignInDeps } from './sign-in';

interface MemberSignInDeps {
  /** As in the `iss` and `aud` claims of the issuer's ID tokens. If either is empty, nobody can sign in. */
  readonly issuer: string;
  readonly audience: string;
  readonly members: Pick<SignInDeps['members'], 'find'> & Parameters<typeof bindMember>[0]['members'];
  readonly record: RecordChange;
  readonly now: () => Date;
  readonly newUlid: () => string;
}

/** The sign-in of members by the ID tokens of one issuer. */
export function memberSignIn({ issuer, audience, members, ...deps }: MemberSignInDeps): SignIn {
  const { now } = deps;
  return signIn({
    verifyIdToken: idTokenVerifier({ issuer, audience, keys: issuerKeys(issuer, now), now }),
    members: {
      find: (email, tenantId) => members.find(email, tenantId),
      bind: bindMember({ members, ...deps }),
    },
    now,
  });
}
