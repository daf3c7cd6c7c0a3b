import { callbackPath } from '../../token/manager';

const key = 'workflows.sign-in-window';
const mark = '#window=';
const size = 'popup,width=520,height=760';

/**
 * Opens a window in which the person signs in, so that the page stays as it is. Its first address is one of ours, because
 * only a window that opens at once, by the click, is not blocked.
 *
 * @returns the window's id, undefined if the browser opens no window
 */
export function openSignInWindow(): string | undefined {
  const id = crypto.randomUUID();
  const opened = window.open(`${callbackPath}${mark}${id}`, '_blank', size);
  return opened === null || opened.closed ? undefined : id;
}

/**
 * The id of this window, if a page opened it for signing in. Kept while the window is with the issuer.
 *
 * @returns undefined in every other window
 */
export function signInWindowId(): string | undefined {
  if (location.pathname !== callbackPath) return undefined;
  try {
    if (location.hash.startsWith(mark)) sessionStorage.setItem(key, location.hash.slice(mark.length));
    return sessionStorage.getItem(key) ?? undefined;
  } catch {
    // Storage is blocked. The dashboard says so as in any other window.
    return undefined;
  }
}

/** Makes a window of the dashboard of this one. */
export function forgetSignInWindow(): void {
  sessionStorage.removeItem(key);
}
