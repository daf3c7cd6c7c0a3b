import { UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';
import type { DashboardConfig } from '../../../functions/contract/dashboard';

const callbackPath = '/signed-in';
/** A token this close to its end is renewed before it is sent. */
const marginMs = 30_000;

export interface SignIn {
  /** The ID token, renewed if it is about to expire. Sends the person to sign in when that is not possible. */
  idToken(): Promise<string>;
  /** After a refusal: a newer token, if there can be one. False when a fresh token was refused. */
  renew(): Promise<boolean>;
  signOut(): Promise<void>;
  readonly email: string;
}

/**
 * Authorization code with PKCE. Resolves signed in; a visitor who is not goes to the issuer and comes back to the same
 * address.
 */
export async function signIn(config: DashboardConfig): Promise<SignIn> {
  const manager = userManager(config);
  let user = location.pathname === callbackPath ? await finish(manager) : await manager.getUser();
  if (user === null || !isFresh(user)) user = await renewed(manager, user);

  const leave = async (): Promise<never> => {
    await manager.signinRedirect({ state: location.pathname + location.search });
    return new Promise<never>(() => undefined);
  };
  let current = user ?? (await leave());
  return {
    email: current.profile.email ?? current.profile.sub,
    idToken: async () => {
      if (!isFresh(current)) current = (await renewed(manager, current)) ?? (await leave());
      return current.id_token ?? '';
    },
    renew: async () => {
      // The same answer would come to any other token of this person.
      if (issuedJustNow(current)) return false;
      current = (await renewed(manager, current)) ?? (await leave());
      return true;
    },
    signOut: () => signOut(manager, config),
  };
}

function userManager({ issuer, client_id, scope }: DashboardConfig): UserManager {
  return new UserManager({
    authority: issuer,
    client_id,
    scope,
    redirect_uri: location.origin + callbackPath,
    post_logout_redirect_uri: `${location.origin}/`,
    // Gone with the tab; another tab signs in by the issuer's own session, without a question.
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    // Tokens are renewed when a call needs one: a tab nobody looks at stays quiet.
    automaticSilentRenew: false,
  });
}

async function finish(manager: UserManager): Promise<User | null> {
  const answer = new URLSearchParams(location.search);
  const refusal = answer.get('error_description') ?? answer.get('error');
  if (refusal !== null) {
    history.replaceState(null, '', '/');
    throw new Error(`The sign-in service refused: ${refusal}.`);
  }
  if (!answer.has('code')) return manager.getUser();
  try {
    const user = await manager.signinRedirectCallback();
    history.replaceState(null, '', typeof user.state === 'string' ? user.state : '/');
    return user;
  } catch {
    // A callback address that was opened twice, or after the sign-in took too long: start over.
    history.replaceState(null, '', '/');
    return manager.getUser();
  }
}

/** With a refresh token only: there is no hidden frame, which the content security policy would refuse. */
async function renewed(manager: UserManager, user: User | null): Promise<User | null> {
  if (user?.refresh_token === undefined) return null;
  try {
    return await manager.signinSilent();
  } catch {
    return null;
  }
}

async function signOut(manager: UserManager, { client_id }: DashboardConfig): Promise<void> {
  // Cognito names these two differently from the standard; other issuers ignore them.
  const extraQueryParams = { client_id, logout_uri: `${location.origin}/` };
  try {
    await manager.signoutRedirect({ extraQueryParams });
  } catch {
    // An issuer without an end of session: forget the tokens here.
    await manager.removeUser();
    location.assign('/');
  }
}

function isFresh({ profile, id_token }: User): boolean {
  return id_token !== undefined && profile.exp * 1000 - marginMs > Date.now();
}

function issuedJustNow({ profile }: User): boolean {
  return Date.now() - profile.iat * 1000 < marginMs;
}
