import { ErrorResponse, ErrorTimeout, type User, type UserManager } from 'oidc-client-ts';
import { signInFailed, signInRefused, signInUnreachable } from './problems';

const key = 'workflows.failed-sign-ins';
/** The first failure is often only an old tab or a code that was too late, so the sign-in starts over once. */
const maxFailures = 2;

/**
 * Exchanges the code in the address that the issuer led back to.
 *
 * @returns null if the sign-in is to start over
 * @throws ApiError if the issuer refused, cannot be reached, or if the sign-in failed again
 */
export async function exchangeCode(manager: UserManager, callback: string): Promise<User | null> {
  const parameters = new URL(callback).searchParams;
  if (!parameters.has('code') && !parameters.has('error')) return manager.getUser();
  try {
    // Also checks that the answer belongs to a sign-in of this tab, so that no link can put words on this page.
    const user = await manager.signinRedirectCallback(callback);
    forgetFailures();
    return user;
  } catch (error) {
    if (error instanceof ErrorResponse && parameters.has('error')) throw signInRefused(error.message);
    if (error instanceof TypeError || error instanceof ErrorTimeout) throw signInUnreachable();
    const user = await manager.getUser();
    // The address was opened twice, and the tab is signed in since the first time.
    if (user !== null) return user;
    const failures = Number(sessionStorage.getItem(key)) + 1;
    if (failures >= maxFailures) throw signInFailed(reasonOf(error));
    sessionStorage.setItem(key, String(failures));
    return null;
  }
}

/** Opens the page again. A person who asks for it gets the same patience as at first. */
export function tryAgain(): void {
  try {
    forgetFailures();
  } catch {
    // Storage is blocked, so there are no failures to forget.
  }
  location.reload();
}

function forgetFailures(): void {
  sessionStorage.removeItem(key);
}

function reasonOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}
