import { createHmac, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';

const secretPrefix = 'whsec_';

/** A signing secret as Standard Webhooks writes it: `whsec_` and 32 random bytes in base64. */
export function newSigningSecret(): string {
  return secretPrefix + randomBytes(32).toString('base64');
}

const ownBytes = { min: 24, max: 64 } as const;
const charactersOf = (bytes: number) => secretPrefix.length + 4 * Math.ceil(bytes / 3);
const ownCharacters = { min: charactersOf(ownBytes.min), max: charactersOf(ownBytes.max) } as const;

/**
 * `whsec_` and 24 to 64 bytes in base64: groups of three bytes, of which the last may be short. The letters that may stand
 * before `=` are those whose unused bits are 0, so that a secret has one text only.
 */
const ownSecret =
  /^whsec_(([A-Za-z0-9+/]{4}){8,21}|([A-Za-z0-9+/]{4}){8,20}[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|([A-Za-z0-9+/]{4}){8,21}[A-Za-z0-9+/][AQgw]==)$/;

/** A signing secret that a tenant brings, of the length that Standard Webhooks prescribes: 24 to 64 bytes. */
export const ownSecretSchema = z
  .string()
  .check(
    z.refine((text) => ownSecret.test(text), {
      error:
        `Must be whsec_ and ${ownBytes.min} to ${ownBytes.max} random bytes in base64: ` +
        `${ownCharacters.min} to ${ownCharacters.max} characters.`,
      params: { code: 'invalid_secret' },
    }),
  )
  .register(z.globalRegistry, {
    minLength: ownCharacters.min,
    maxLength: ownCharacters.max,
    pattern: ownSecret.source,
  });

/** The signed content. `body` is the exact text that is sent; it is never serialised again. */
export interface SignedParts {
  /** The delivery id. It is chosen by the sender and contains no full stop, so the signed parts cannot be shifted. */
  readonly id: string;
  readonly timestampSeconds: number;
  readonly body: string;
}

/**
 * The header `webhook-signature`: one `v1,<base64 of HMAC-SHA256 over id.timestamp.body>` for each secret, separated by
 * spaces, so that during a rotation a receiver accepts a delivery with the old or the new secret.
 *
 * @param secrets the current one first
 */
export function signatureHeader(secrets: readonly string[], { id, timestampSeconds, body }: SignedParts): string {
  const content = `${id}.${timestampSeconds}.${body}`;
  return secrets
    .map((secret) =>
      createHmac('sha256', Buffer.from(secret.slice(secretPrefix.length), 'base64'))
        .update(content)
        .digest('base64'),
    )
    .map((signature) => `v1,${signature}`)
    .join(' ');
}
