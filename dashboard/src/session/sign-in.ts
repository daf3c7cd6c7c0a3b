import { User, type UserManager } from 'oidc-client-ts';
import type { DashboardConfig } from '../../../functions/contract/dashboard';
import { exchangeCode } from './callback';
import { newStore, type Readable } from '../store';
import { takeOffers } from './end/hand-over';
import { openSignInWindow } from './end/window/open';
import { leaveToSignIn } from './leaving';
import { isSamePerson, keepPersonBefore, nameOf, takeOtherPersonBefore } from './person-before';
import { requireStorage } from './storage';
import { signInUnreachable } from './problems';
import { signOut } from './end/sign-out';
import { keepToken, type KeptToken, type TokenKeeper } from './token/keeper';
import { isFresh, momentNow } from './token/life';
import { callbackPath, userManager } from './token/manager';
import { noteReceipt, receiptOf } from './token/receipt';
import { renewedUser } from './token/renewal';
import { isCopyOfOtherTab } from './token/tab';
import { comeBackAfterSignOut, keepWantedAddress, wantedAddress } from './wanted-address';

export interface SignIn extends Pick<TokenKeeper, 'idToken' | 'renew'> {
  readonly email: string;
  /** Whether the session has ended meanwhile. The page stays as it is until the person signs in again. */
  readonly end: Readable<boolean>;
  /**
   * Call in the handler of a click, because browsers open a window only then.
   *
   * @throws ApiError if the browser opens none and the issuer cannot be reached
   */
  readonly signInAgain: () => Promise<void>;
  /** Who was signed in on this page before the person left it to sign in again, if it was somebody else. */
  readonly otherPersonBefore: string | undefined;
  /** Rejects if the issuer cannot be reached. The tab is signed out all the same. */
  readonly signOut: () => Promise<void>;
  /** Signs out, and lets the person sign in as somebody else and come back to the address that is open. */
  readonly changeAccount: () => Promise<void>;
}

/**
 * Signs in with the authorization code flow and PKCE. Resolves once the user is signed in. A user who is not is sent to
 * the issuer, which sends them back to the same address. That happens only here, while the page is opened: a page that is
 * open stays, whatever happens to its session.
 *
 * @throws ApiError if the sign-in fails
 */
export async function signIn(config: DashboardConfig): Promise<SignIn> {
  requireStorage();
  const manager = userManager(config);
  const first = (await tokenAtHand(manager)) ?? (await goToIssuer(manager));
  const { profile } = first.user;
  const end = newStore(false);
  const tokens = keepToken({ first, renewed: () => renewedToken(manager), ended: (isEnded) => end.set(() => isEnded) });

  let wantedWindow: string | undefined;
  takeOffers(
    () => wantedWindow,
    (text) => {
      wantedWindow = undefined;
      const user = User.fromStorageString(text);
      void manager.storeUser(user).then(() => {
        const kept = received(user);
        if (isSamePerson(user.profile, profile)) tokens.take(kept);
        else reloadFor(tokens, profile);
      });
    },
  );
  return {
    email: nameOf(profile),
    idToken: tokens.idToken,
    renew: tokens.renew,
    end,
    signInAgain: async () => {
      wantedWindow = openSignInWindow();
      if (wantedWindow !== undefined) return;
      keepPersonBefore(profile);
      await leaveToSignIn(() => goToIssuer(manager));
    },
    otherPersonBefore: takeOtherPersonBefore(profile),
    signOut: () => signOut(manager, config),
    changeAccount: () => {
      comeBackAfterSignOut();
      return signOut(manager, config);
    },
  };
}

/** @returns undefined if the person has to sign in */
async function tokenAtHand(manager: UserManager): Promise<KeptToken | undefined> {
  if (await isCopyOfOtherTab()) await manager.removeUser();
  if (location.pathname === callbackPath) {
    const callback = location.href;
    // Leaves the callback's address for the one that the person wanted, whether or not the sign-in succeeds.
    history.replaceState(null, '', wantedAddress());
    const user = await exchangeCode(manager, callback);
    if (user !== null) return received(user);
  }
  const user = await manager.getUser();
  if (user === null) return undefined;
  const kept = { user, received: receiptOf(user.id_token ?? '') };
  return isFresh(user.profile, kept.received, momentNow()) ? kept : renewedToken(manager);
}

async function renewedToken(manager: UserManager): Promise<KeptToken | undefined> {
  const user = await renewedUser(manager);
  return user && received(user);
}

function received(user: User): KeptToken {
  return { user, received: noteReceipt(user.id_token ?? '') };
}

async function goToIssuer(manager: UserManager): Promise<never> {
  keepWantedAddress();
  // Somebody who comes back with the Back button may get this page as it was left, and it would wait for ever.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
  try {
    await manager.signinRedirect();
  } catch {
    throw signInUnreachable();
  }
  return new Promise<never>(() => undefined);
}

/** Somebody else has signed in. What is on the page, and what was typed, belongs to the person before. */
function reloadFor(tokens: TokenKeeper, before: User['profile']): void {
  tokens.close();
  keepPersonBefore(before);
  void leaveToSignIn(() => location.reload());
}
