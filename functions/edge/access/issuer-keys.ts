import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod/mini';
import { ProductError } from '../../domain/errors';

/** OpenID Connect Discovery 1.0, section 3: the part that is used. */
const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url() });

const timeoutMs = 5_000;
/** A key that was withdrawn is trusted at most this much longer. A key not seen before is asked for at once, every 30 s at most. */
export const keysMaxAgeMs = 10 * 60_000;

/**
 * The issuer's signing keys, found by discovery with the first token and kept.
 *
 * @throws ProductError `unavailable` while the issuer does not answer: that says nothing about the token
 */
export function issuerKeys(issuer: string): JWTVerifyGetKey {
  let keys: JWTVerifyGetKey | undefined;
  return async (header, token) => {
    try {
      keys ??= createRemoteJWKSet(await discoverKeys(issuer), {
        timeoutDuration: timeoutMs,
        cacheMaxAge: keysMaxAgeMs,
      });
      return await keys(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw new ProductError('unavailable', 'Sign-ins cannot be checked just now; try again.', {
        retryAfterSeconds: 5,
        cause: new Error(`${issuer} could not be asked: ${String(error)}`),
      });
    }
  };
}

async function discoverKeys(issuer: string): Promise<URL> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  const discovered = discoverySchema.parse(await answer.json());
  if (discovered.issuer !== issuer) throw new Error(`${address} speaks for ${discovered.issuer}`);
  const keys = new URL(discovered.jwks_uri);
  // Plain HTTP only where the issuer itself is: on this machine.
  if (keys.protocol !== 'https:' && keys.protocol !== new URL(issuer).protocol)
    throw new Error(`${keys.href} is not https`);
  return keys;
}
