import type { User, UserManager } from 'oidc-client-ts';
import { exchangeCode } from '../../callback';
import { loadConfig } from '../../config';
import { signInUnreachable } from '../../problems';
import { requireStorage } from '../../storage';
import { callbackPath, userManager } from '../../token/manager';
import { forgetOtherTab } from '../../token/tab';
import { offer } from '../hand-over';
import { forgetSignInWindow } from './open';

export type Outcome = 'handed over' | 'nobody waits' | { readonly error: unknown };

/**
 * Signs in in a window that another page opened for it, and hands the tokens over. That page goes on with them, and this
 * window keeps none: a refresh token works once, so it can have one owner only.
 */
export async function signInForOtherPage(windowId: string): Promise<Outcome> {
  try {
    requireStorage();
    const manager = userManager(await loadConfig());
    const user = (await comeBack(manager)) ?? (await leave(manager));
    const isTaken = await offer(windowId, user.toStorageString());
    forgetSignInWindow();
    if (!isTaken) return 'nobody waits';
    await manager.removeUser();
    window.close();
    return 'handed over';
  } catch (error) {
    return { error };
  }
}

async function comeBack(manager: UserManager): Promise<User | null> {
  const callback = location.href;
  // The browser copies the storage of the page that opens a window, with the tokens of the session that has ended.
  if (!new URL(callback).searchParams.has('state')) {
    forgetOtherTab();
    await manager.removeUser();
    return null;
  }
  // Whoever loads the page again starts over instead of using the same code twice.
  history.replaceState(null, '', callbackPath);
  return exchangeCode(manager, callback);
}

async function leave(manager: UserManager): Promise<never> {
  try {
    await manager.signinRedirect();
  } catch {
    throw signInUnreachable();
  }
  return new Promise<never>(() => undefined);
}
