import type { UserManager } from 'oidc-client-ts';
import type { DashboardConfig } from '../../../../functions/contract/dashboard';
import { SignedOutHereOnly } from '../problems';
import { forgetReceipt } from '../token/receipt';

const answerMs = 10_000;

/**
 * Removes the tokens of this tab and leads to the issuer's sign-out.
 *
 * @throws ApiError if the issuer cannot be reached. The tokens are removed all the same
 */
export async function signOut(manager: UserManager, { client_id, issuer }: DashboardConfig): Promise<void> {
  forgetReceipt();
  try {
    // The library may know the addresses since the page was opened. Leading to one that does not answer would leave the
    // person on an error page of the browser, which does not say whether they are signed out.
    await fetch(`${issuer}/.well-known/openid-configuration`, {
      cache: 'no-store',
      signal: AbortSignal.timeout(answerMs),
    });
  } catch {
    await manager.removeUser();
    throw new SignedOutHereOnly();
  }
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
