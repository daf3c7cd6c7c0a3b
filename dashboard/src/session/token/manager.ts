import { UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { DashboardConfig } from '../../../../functions/contract/dashboard';

export const callbackPath = '/signed-in';
/** The issuer gets this long to answer. */
const answerSeconds = 15;

export function userManager({ issuer, client_id, scope }: DashboardConfig): UserManager {
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
    requestTimeoutInSeconds: answerSeconds,
    silentRequestTimeoutInSeconds: answerSeconds,
  });
}
