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

/** A signing secret that a tenant brings, of the length that Standard Webhooks prescribes: 24 to 64 bytes. */
export const ownSecretSchema = z
  .string()
  .check(
    z.refine(isSecret, {
      error:
        `Must be whsec_ and ${ownBytes.min} to ${ownBytes.max} random bytes in base64: ` +
        `${ownCharacters.min} to ${ownCharacters.max} characters.`,
      params: { code: 'invalid_secret' },
    }),
  )
  .register(z.globalRegistry, {
    minLength: ownCharacters.min,
    maxLength: ownCharacters.max,
    pattern: '^whsec_[A-Za-z0-9+/]+={0,2}$',
  });

function isSecret(text: string): boolean {
  if (!text.startsWith(secretPrefix) || text.length > ownCharacters.max) return false;
  const base64 = text.slice(secretPrefix.length);
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length >= ownBytes.min && bytes.length <= ownBytes.max && bytes.toString('base64') === base64;
}

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
