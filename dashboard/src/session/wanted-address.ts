const afterSignIn = 'workflows.after-sign-in';
const afterSignOut = 'workflows.after-sign-out';
/** The issuer sends people to this path after they sign out. */
const signedOutPath = '/';

/** Path, query and fragment of the page that is open. */
function addressNow(): string {
  return location.pathname + location.search + location.hash;
}

/** Call before the person leaves to sign in. Keeps the address that {@link wantedAddress} returns afterwards. */
export function keepWantedAddress(): void {
  sessionStorage.setItem(afterSignIn, takeAddressAfterSignOut() ?? addressNow());
}

/** The address that the person wanted before signing in. */
export function wantedAddress(): string {
  return localAddress(sessionStorage.getItem(afterSignIn)) ?? '/';
}

/** Call before the person signs out only to sign in as somebody else, at the same address. */
export function comeBackAfterSignOut(): void {
  sessionStorage.setItem(afterSignOut, addressNow());
}

/** Is used at most once, so that an abandoned sign-out does not lead astray whoever opens the dashboard later. */
function takeAddressAfterSignOut(): string | undefined {
  const address = localAddress(sessionStorage.getItem(afterSignOut));
  sessionStorage.removeItem(afterSignOut);
  return location.pathname === signedOutPath ? address : undefined;
}

/**
 * Refuses whatever a browser could read as the address of another host: `//host`, `/\host`, and either with a tab or a
 * line break in between. A browser's own addresses contain neither, because it percent-encodes them.
 */
function localAddress(text: string | null): string | undefined {
  return text !== null && /^\/(?![/\\])[\x21-\x7e]*$/.test(text) ? text : undefined;
}
