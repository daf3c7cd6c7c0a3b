import { signInByCode } from '../../../test/e2e/sign-in';

/** Signs in as the dashboard does. @returns the ID token */
export async function signIn(origin: string, email: string, password: string): Promise<string> {
  return (await signInByCode(origin, email, password)).idToken;
}
