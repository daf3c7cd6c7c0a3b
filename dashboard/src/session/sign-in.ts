import { UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';
import type { DashboardConfig } from '../../../functions/contract/dashboard';
import { comeBackAfterSignOut, keepWantedAddress, wantedAddress } from './wanted-address';

const callbackPath = '/signed-in';
/** A token that expires within this time is renewed before it is sent. */
const marginMs = 30_000;

export interface SignIn {
  /** Returns the ID token, renewed if it is about to expire. If it cannot be renewed, sends the user to sign in. */
  idToken(): Promise<string>;
  /** Renews the token after the API refused it. Resolves to false if a token that was just issued was refused. */
  renew(): Promise<boolean>;
  signOut(): Promise<void>;
  /** Signs out, and lets the person sign in as somebody else and come back to the address that is open. */
  changeAccount(): Promise<void>;
  readonly email: string;
}

/**
 * Signs in with the authorization code flow and PKCE. Resolves once the user is signed in. A user who is not is sent to
 * the issuer, which sends them back to the same address.
 */
export async function signIn(config: DashboardConfig): Promise<SignIn> {
  const manager = userManager(config);
  let user = location.pathname === callbackPath ? await finishSignIn(manager) : await manager.getUser();
  if (user === null || !isFresh(user)) user = await renewed(manager, user);

  const goToIssuer = async (): Promise<never> => {
    keepWantedAddress();
    await manager.signinRedirect();
    return new Promise<never>(() => undefined);
  };
  let current = user ?? (await goToIssuer());
  return {
    email: current.profile.email ?? current.profile.sub,
    idToken: async () => {
      if (!isFresh(current)) current = (await renewed(manager, current)) ?? (await goToIssuer());
      return current.id_token ?? '';
    },
    renew: async () => {
      // Any other token of this user would be refused too.
      if (issuedJustNow(current)) return false;
      current = (await renewed(manager, current)) ?? (await goToIssuer());
      return true;
    },
    signOut: () => signOut(manager, config),
    changeAccount: () => {
      comeBackAfterSignOut();
      return signOut(manager, config);
    },
  };
}

function userManager({ issuer, client_id, scope }: DashboardConfig): UserManager {
  return new UserManager({
    authority: issuer,
    client_id,
    scope,
    redirect_uri: location.origin + callbackPath,
    post_logout_redirect_uri: `${location.origin}/`,
    // Tokens end with the tab. Another tab signs in through the issuer's own session, without asking the user.
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    // Tokens are renewed only when a call needs one, so that a tab in the background sends nothing.
    automaticSilentRenew: false,
  });
}

/** Leaves the callback's address for the one that the person wanted, whether or not the sign-in succeeded. */
async function finishSignIn(manager: UserManager): Promise<User | null> {
  const callback = location.href;
  history.replaceState(null, '', wantedAddress());
  const parameters = new URL(callback).searchParams;
  const refusal = parameters.get('error_description') ?? parameters.get('error');
  if (refusal !== null) throw new Error(`The sign-in service refused the sign-in: ${refusal}.`);
  if (!parameters.has('code')) return manager.getUser();
  try {
    return await manager.signinRedirectCallback(callback);
  } catch {
    // The callback address was opened twice, or the sign-in took too long. Start over.
    return manager.getUser();
  }
}

/** Renews only with a refresh token. The other way is a hidden frame, which the content security policy refuses. */
async function renewed(manager: UserManager, user: User | null): Promise<User | null> {
  if (user?.refresh_token === undefined) return null;
  try {
    return await manager.signinSilent();
  } catch {
    return null;
  }
}

async function signOut(manager: UserManager, { client_id }: DashboardConfig): Promise<void> {
  // Cognito uses these two names instead of the standard ones. Other issuers ignore them.
  const extraQueryParams = { client_id, logout_uri: `${location.origin}/` };
  try {
    await manager.signoutRedirect({ extraQueryParams });
  } catch {
    // The issuer has no sign-out endpoint, so only the tokens of this tab are removed.
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
