import { generateKeyPair, randomBytes, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import type { DataFolder } from '../data-folder';

const secretsSchema = z.object({
  /** Private RSA key as a JWK. */
  signing_key: z.looseObject({ kty: z.literal('RSA'), kid: z.string() }),
  cookie_key: z.string(),
});
export type IssuerSecrets = z.infer<typeof secretsSchema>;

const file = 'sign-in-keys.json';

/** The keys are stored, so that ID tokens from the last local run are still valid. */
export async function issuerSecrets(data: DataFolder): Promise<IssuerSecrets> {
  const kept = data.read(file, secretsSchema);
  if (kept) return kept;
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const secrets: IssuerSecrets = {
    signing_key: secretsSchema.shape.signing_key.parse({
      ...privateKey.export({ format: 'jwk' }),
      kid: randomUUID(),
      use: 'sig',
      alg: 'RS256',
    }),
    cookie_key: randomBytes(32).toString('base64url'),
  };
  data.write(file, secrets);
  return secrets;
}
