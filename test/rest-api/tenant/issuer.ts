import { exportJWK, SignJWT, UnsecuredJWT } from 'jose';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import { closeServer, listenOnLoopback, loopback } from '../../../local/listen';

export const audience = 'the-dashboard';

export interface Signing {
  readonly alg?: string;
  readonly kid?: string;
  readonly key?: KeyObject | Uint8Array;
  readonly typ?: string;
}

/** Starts an OpenID Connect issuer on loopback, with discovery, keys and ID tokens with any claims. */
export async function startIssuer(now: () => Date) {
  const seconds = () => Math.floor(now().getTime() / 1000);
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'current', use: 'sig', alg: 'RS256' };
  const asked: string[] = [];
  let answersWith = 200;
  let replaced: Record<string, unknown> = {};
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const documents: Record<string, unknown> = {
      '/.well-known/openid-configuration': { issuer: origin, jwks_uri: `${origin}/keys` },
      '/keys': { keys: [jwk] },
      ...replaced,
    };
    response.writeHead(answersWith, { 'content-type': 'application/json' });
    response.end(JSON.stringify(documents[request.url ?? ''] ?? {}));
  });
  const origin = `http://${loopback}:${await listenOnLoopback(server, 0)}`;

  return {
    origin,
    publicKey,
    /** Paths that were requested. */
    asked,
    answerWith: (status: number) => (answersWith = status),
    /** Answers these paths with other documents; with `{}`, with its own again. */
    replace: (documents: Record<string, unknown>) => (replaced = documents),
    /** A valid ID token for `email`, except for the given claims and signing options. */
    idToken(
      email: string,
      claims: Record<string, unknown> = {},
      { alg = 'RS256', kid = 'current', key = privateKey, typ }: Signing = {},
    ) {
      const payload = {
        iss: origin,
        aud: audience,
        sub: `sub of ${email}`,
        email,
        email_verified: true,
        iat: seconds(),
        exp: seconds() + 3600,
        ...claims,
      };
      return new SignJWT(payload).setProtectedHeader({ alg, kid, ...(typ !== undefined && { typ }) }).sign(key);
    },
    /** An ID token without a signature. */
    unsignedToken: (email: string) =>
      new UnsecuredJWT({ iss: origin, aud: audience, sub: 'x', email, email_verified: true, iat: seconds(), exp: seconds() + 3600 }).encode(), // prettier-ignore
    stop: () => closeServer(server),
  };
}
