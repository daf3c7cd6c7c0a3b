import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod/mini';
import { ProductError } from '../../domain/errors';
import { rememberFailure } from './remember-failure';

/** The part of a discovery document that is used (OpenID Connect Discovery 1.0, section 3). */
const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** The part of a set of keys whose absence makes it useless (RFC 7517, section 5). */
const keySetSchema = z.object({ keys: z.array(z.unknown()) });

const timeoutMs = 5_000;
/** After the issuer failed to answer, it is not asked again for this long, whoever sends tokens. */
export const issuerFailureSeconds = 5;
/**
 * A withdrawn key is trusted for at most this long. A key id that is unknown causes a request at once, but not within
 * 30 s of the last one that succeeded, which is the default of jose.
 */
export const keysMaxAgeMs = 10 * 60_000;

/**
 * The issuer's signing keys. They are discovered when the first token arrives, and cached. The number of requests to the
 * issuer does not depend on the number of tokens that strangers send: first requests at the same time share one
 * discovery, and failures are remembered. A token whose key is known needs no request, so that members can go on while
 * the issuer fails.
 *
 * @throws ProductError `unavailable` while the issuer does not respond, because then nothing is known about the token
 */
export function issuerKeys(issuer: string, now: () => Date): JWTVerifyGetKey {
  const discover = rememberFailure(() => discoverKeys(issuer), issuerFailureSeconds, now);
  const fetchKeys = rememberFailure(fetchKeySet, issuerFailureSeconds, now);
  let opening: Promise<JWTVerifyGetKey> | undefined;

  async function open(): Promise<JWTVerifyGetKey> {
    try {
      return createRemoteJWKSet(await discover(), {
        timeoutDuration: timeoutMs,
        cacheMaxAge: keysMaxAgeMs,
        [customFetch]: fetchKeys,
      });
    } catch (error) {
      opening = undefined;
      throw error;
    }
  }

  return async (header, token) => {
    try {
      opening ??= open();
      const keys = await opening;
      return await keys(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw signInUnavailable(issuer, error);
    }
  };
}

/** @param error goes to the log, so that the operator learns what is wrong with the issuer */
export function signInUnavailable(issuer: string, error: unknown): ProductError {
  return new ProductError('unavailable', 'Sign-ins cannot be checked just now; try again.', {
    retryAfterSeconds: issuerFailureSeconds,
    cause: new Error(`${issuer} cannot be used: ${String(error)}`),
  });
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

/** Reads the answer here instead of in jose, so that a useless one is remembered as a failure too. */
async function fetchKeySet(address: string, options: RequestInit): Promise<Response> {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return Response.json(keySetSchema.parse(await answer.json()));
}
