import { createHmac, timingSafeEqual } from 'node:crypto';
import { InvalidClientMetadata } from 'oidc-provider/lib/helpers/errors.js';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod/mini';
import { maxClientIdCharacters } from '../limits';
import type { ClientMetadata } from './client-metadata';

const prefix = 'cwf_client_';
const sealBytes = 16;
const maxTextBytes = 8 * 1024;

const textSchema = z.tuple([z.string()], z.string());

/**
 * Writes what a client registered into its id, sealed with our key. A registration is therefore stored nowhere: however
 * many strangers make, they take no room, and there is none to forget (RFC 7591, appendix A.5.2).
 *
 * @throws InvalidClientMetadata if the id would be too long for an address
 */
export function writeClientId({ client_name, redirect_uris }: ClientMetadata, key: Buffer): string {
  const text = deflateRawSync(JSON.stringify([client_name, ...redirect_uris]));
  const id = prefix + Buffer.concat([seal(text, key), text]).toString('base64url');
  if (id.length > maxClientIdCharacters)
    throw new InvalidClientMetadata('redirect_uris are too long together; register fewer or shorter ones.');
  return id;
}

/** Undefined for an id that was not written with this key. */
export function readClientId(id: string, key: Buffer): ClientMetadata | undefined {
  if (!id.startsWith(prefix) || id.length > maxClientIdCharacters) return undefined;
  const bytes = Buffer.from(id.slice(prefix.length), 'base64url');
  const [found, text] = [bytes.subarray(0, sealBytes), bytes.subarray(sealBytes)];
  if (found.length !== sealBytes || !timingSafeEqual(found, seal(text, key))) return undefined;
  const [client_name, ...redirect_uris] = textSchema.parse(
    JSON.parse(inflateRawSync(text, { maxOutputLength: maxTextBytes }).toString()),
  );
  return { client_name, redirect_uris };
}

export function isRegisteredClientId(id: string): boolean {
  return id.startsWith(prefix);
}

function seal(text: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key).update(text).digest().subarray(0, sealBytes);
}
