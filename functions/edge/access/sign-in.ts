import { mayActAs, type Account, type Binding, type Member } from '../../domain/tenant/member';
import { tenantIdSchema } from '../../domain/tenant/tenant';
import type { Caller } from '../http/caller';
import { expiringCache } from './expiring-cache';
import type { VerifyIdToken } from './id-token';

/**
 * Finds the caller behind an ID token; undefined if the token gives access to nothing.
 *
 * @throws ProductError `unavailable` while the issuer cannot be reached
 */
export type SignIn = (
  idToken: string,
  request: { readonly tenantId: string | undefined; readonly requestId: string },
) => Promise<Caller | undefined>;

export interface SignInDeps {
  readonly verifyIdToken: VerifyIdToken;
  readonly members: {
    /** The memberships of an e-mail address, sorted by tenant; with `tenantId`, at most the one in that tenant. */
    find(email: string, tenantId?: string): Promise<readonly Member[]>;
    /** Makes `account` the member's for good, and leaves the audit row of it. */
    bind(member: Member, account: Account, requestId: string): Promise<Binding>;
  };
  readonly now: () => Date;
}

/**
 * A member who was removed, or lost a permission, keeps access for at most this long, and somebody who was refused gets
 * it this long after being added.
 */
const cacheSeconds = 10;
/** People in the cache of one function instance who are members, and in a part of their own as many who are not. */
const cachedMembers = 1000;

/**
 * Identifies a person as the member with their verified e-mail address, in one of the tenants that have such a member.
 */
export function signIn(deps: SignInDeps): SignIn {
  const cached = expiringCache<readonly Member[]>({ maxAgeSeconds: cacheSeconds, maxEntries: cachedMembers }, deps.now);
  return async (idToken, { tenantId, requestId }) => {
    const person = await deps.verifyIdToken(idToken);
    if (person === undefined) return undefined;
    // The id becomes part of a key, so it must have the form of a tenant id before anything is read.
    if (tenantId !== undefined && !tenantIdSchema.safeParse(tenantId).success) return undefined;
    const { account, email } = person;
    const key = JSON.stringify([account.iss, account.sub, email, tenantId]);
    const members = await cached(key, () => membershipsOf(deps, account, email, tenantId, requestId));
    return members && callerOf(account, members);
  };
}

/** Undefined if the person is nobody's member. */
async function membershipsOf(
  deps: SignInDeps,
  account: Account,
  email: string,
  tenantId: string | undefined,
  requestId: string,
): Promise<readonly Member[] | undefined> {
  const found = await deps.members.find(email, tenantId);
  const own = await Promise.all(found.map((member) => claim(deps, member, account, requestId)));
  const members = own.filter((member) => member !== undefined);
  return members.length === 0 ? undefined : members;
}

/** The first account that signs in with a member's e-mail address is bound to that member permanently. */
async function claim(
  deps: SignInDeps,
  member: Member,
  account: Account,
  requestId: string,
): Promise<Member | undefined> {
  if (!mayActAs(member, account)) return undefined;
  if (member.account !== undefined) return member;
  const binding = await deps.members.bind(member, account, requestId);
  return binding === 'taken' ? undefined : { ...member, account };
}

function callerOf(account: Account, members: readonly Member[]): Caller | undefined {
  const [member] = members;
  if (member === undefined) return undefined;
  return {
    tenantId: member.tenant_id,
    channel: 'dashboard',
    name: member.email,
    credential: `member ${member.email}`,
    scopes: [],
    permissions: member.permissions,
    account,
    ...(members.length > 1 && { tenantChoice: members.map(({ tenant_id }) => tenant_id) }),
  };
}
