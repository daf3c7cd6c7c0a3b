import type { IdTokenClaims } from 'oidc-client-ts';

const key = 'workflows.person-before';

/** Call before the page is left to sign in again, so that the next one notices when somebody else comes back. */
export function keepPersonBefore(profile: IdTokenClaims): void {
  sessionStorage.setItem(key, JSON.stringify({ account: accountOf(profile), name: nameOf(profile) }));
}

/** The name of the person who was signed in before the page was left, once, if it is not the one who is now. */
export function takeOtherPersonBefore(profile: IdTokenClaims): string | undefined {
  const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}');
  sessionStorage.removeItem(key);
  if (typeof kept !== 'object' || kept === null) return undefined;
  const account: unknown = Reflect.get(kept, 'account');
  const name: unknown = Reflect.get(kept, 'name');
  return typeof name === 'string' && account !== accountOf(profile) ? name : undefined;
}

export function isSamePerson(one: IdTokenClaims, other: IdTokenClaims): boolean {
  return accountOf(one) === accountOf(other);
}

export function nameOf({ email, sub }: IdTokenClaims): string {
  return email ?? sub;
}

function accountOf({ iss, sub }: IdTokenClaims): string {
  return JSON.stringify([iss, sub]);
}
