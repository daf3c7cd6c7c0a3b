import { createHmac, randomBytes } from 'node:crypto';

const secretPrefix = 'whsec_';

/** A signing secret as Standard Webhooks writes it: `whsec_` and 32 random bytes in base64. */
export function newSigningSecret(): string {
  return secretPrefix + randomBytes(32).toString('base64');
}

/** What is signed. `body` is the exact text that is sent, never serialised again in between. */
export interface SignedParts {
  /** Delivery id; the sender's own, and without a full stop, so the parts cannot be shifted against each other. */
  readonly id: string;
  readonly timestampSeconds: number;
  readonly body: string;
}

/**
 * `webhook-signature`: one `v1,<base64 of HMAC-SHA256 over id.timestamp.body>` for each secret, separated by spaces,
 * so that a receiver accepts a delivery with the old or the new secret while they rotate.
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
