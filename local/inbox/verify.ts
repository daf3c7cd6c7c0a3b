import { Webhook } from 'standardwebhooks';

/** Verifies signature and timestamp with the reference library, as a receiver would. */
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
