import { createHmac, randomBytes } from 'node:crypto';

const secretPrefix = 'whsec_';

/** A signing secret as Standard Webhooks writes it: `whsec_` and 32 random bytes in base64. */
export function newSigningSecret(): string {
  return secretPrefix + randomBytes(32).toString('base64');
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
