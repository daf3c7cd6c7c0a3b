import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod/mini';
import { ProductError } from '../../domain/errors';

/** The part of a discovery document that is used (OpenID Connect Discovery 1.0, section 3). */
const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url() });

const timeoutMs = 5_000;
/** A withdrawn key is trusted for at most this long. An unknown key id causes a request at once, at most every 30 s. */
export const keysMaxAgeMs = 10 * 60_000;

/**
 * The issuer's signing keys. They are discovered when the first token arrives, and cached.
 *
 * @throws ProductError `unavailable` while the issuer does not respond, because then nothing is known about the token
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
  // Plain HTTP is only accepted for an issuer that itself uses it, which is the local run's.
  if (keys.protocol !== 'https:' && keys.protocol !== new URL(issuer).protocol)
    throw new Error(`${keys.href} is not https`);
  return keys;
}
