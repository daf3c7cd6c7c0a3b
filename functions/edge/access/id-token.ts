import { decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { ProductError } from '../../domain/errors';
import { readEmail, type Account } from '../../domain/tenant/member';
import { signInUnavailable } from './issuer-keys';

/** The person whom an ID token identifies. */
export interface Person {
  readonly account: Account;
  /** The issuer has verified it. */
  readonly email: string;
}

/** Returns undefined for a token that proves nothing here, for whatever reason. */
export type VerifyIdToken = (idToken: string) => Promise<Person | undefined>;

export interface IdTokenRules {
  /** Exactly as the `iss` claim spells it. */
  readonly issuer: string;
  /** The dashboard's client id. */
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  readonly now: () => Date;
}

/**
 * Verifies an ID token of the one trusted issuer (OpenID Connect Core 1.0, section 3.1.3.7). Without an issuer or an
 * audience nobody can sign in.
 *
 * @throws ProductError `unavailable` while nothing is known about a token, because the issuer does not respond or has a key
 *   that cannot be used
 */
export function idTokenVerifier({ issuer, audience, keys, now }: IdTokenRules): VerifyIdToken {
  if (issuer === '' || audience === '') return () => Promise.resolve(undefined);
  return async (idToken) => {
    try {
      // Checked before the key is looked up: a stranger's token must not cause requests to the issuer.
      if (decodeJwt(idToken).iss !== issuer) return undefined;
      const { payload, protectedHeader } = await jwtVerify(idToken, keys, {
        issuer,
        audience,
        // Every issuer supports this algorithm. Naming it also prevents a public key from being used as an HMAC secret.
        algorithms: ['RS256'],
        requiredClaims: ['sub', 'exp', 'iat'],
        currentDate: now(),
      });
      return isIdToken(payload, protectedHeader.typ, audience) ? personOf(payload) : undefined;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      if (error instanceof ProductError) throw error;
      // The issuer's key cannot be used, for example an RSA key below 2,048 bits (RFC 7518, section 3.3).
      throw signInUnavailable(issuer, error);
    }
  };
}

/** An access token of the same issuer may carry the same audience. Cognito and RFC 9068 mark which kind a token is. */
function isIdToken(payload: JWTPayload, type: string | undefined, audience: string): boolean {
  if (type !== undefined && type.toUpperCase() !== 'JWT') return false;
  if (payload['token_use'] !== undefined && payload['token_use'] !== 'id') return false;
  return payload['azp'] === undefined || payload['azp'] === audience;
}

function personOf({ iss, sub, email, email_verified: verified }: JWTPayload): Person | undefined {
  // Some issuers write the boolean as a string.
  if (verified !== true && verified !== 'true') return undefined;
  const address = typeof email === 'string' ? readEmail(email) : undefined;
  if (iss === undefined || sub === undefined || address === undefined) return undefined;
  return { account: { iss, sub }, email: address };
}
