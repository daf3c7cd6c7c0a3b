import { Webhook } from 'standardwebhooks';

/** Verifies as a receiver would, with the reference library: signature and age. */
export function isVerified(
  secrets: readonly string[],
  headers: Readonly<Record<string, string>>,
  body: string,
): boolean {
  return secrets.some((secret) => {
    try {
      new Webhook(secret).verify(body, { ...headers }, { jsonParse: false });
      return true;
    } catch {
      return false;
    }
  });
}
