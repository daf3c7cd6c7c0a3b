import { randomBytes, randomInt } from 'node:crypto';
import { newToken } from '../../../functions/domain/tenant/token';

/** Placeholders that the load generator replaces in each request, so that no two requests are alike. */
export const madeUp = {
  word: '<made-up word>',
  pat: '<made-up pat>',
  mcpToken: '<made-up mcp>',
  idToken: '<made-up id token>',
} as const;

/** Replaces all placeholders of a text. */
export function fillIn(text: string, issuer: string): string {
  if (!text.includes('<made-up ')) return text;
  return text
    .replaceAll(madeUp.word, () => randomBytes(9).toString('hex'))
    .replaceAll(madeUp.pat, () => newToken('pat'))
    .replaceAll(madeUp.mcpToken, () => newToken('mcp'))
    .replaceAll(madeUp.idToken, () => madeUpIdToken(issuer));
}

/** An ID token as the issuer would write it, with a key id that nobody knows and a signature of random bytes. */
function madeUpIdToken(issuer: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, aud: 'dashboard', sub: `s${randomInt(1e9)}`, iat: now, exp: now + 3600 };
  const kid = randomBytes(6).toString('hex');
  return [part({ alg: 'RS256', kid }), part(claims), randomBytes(256).toString('base64url')].join('.');
}
