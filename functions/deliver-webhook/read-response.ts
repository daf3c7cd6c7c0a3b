import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { codeOf } from './error-code';

/** A response may have this many bytes, counted after decoding. */
export const maxResponseBytes = 64 * 1024;
export const excerptBytes = 4 * 1024;

export class ResponseTooLarge extends Error {}

/** Compression was not asked for; who sends it all the same is read through a decoder, chunk by chunk. */
const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * Reads a response to its end and keeps the first 4 KB as text; null when it cannot be decoded.
 *
 * @throws ResponseTooLarge as soon as it is; nothing more is read then
 */
export async function readExcerpt(response: IncomingMessage): Promise<string | null> {
  const kept: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of decoded(response)) {
      const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      if (bytes < excerptBytes) kept.push(part.subarray(0, excerptBytes - bytes));
      bytes += part.length;
      if (bytes > maxResponseBytes) throw new ResponseTooLarge();
    }
  } catch (error) {
    response.destroy();
    if (isUndecodable(error)) return null;
    throw error;
  }
  return textOf(Buffer.concat(kept));
}

function decoded(response: IncomingMessage): Readable {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  const decoder = Object.hasOwn(decoders, encoding) ? decoders[encoding]?.() : undefined;
  // Errors of either end come out of the decoder, where they are read.
  return decoder === undefined ? response : pipeline(response, decoder, () => undefined);
}

/** zlib's own errors; a connection that broke is not one. */
function isUndecodable(error: unknown): boolean {
  return /^(Z_|ERR_BROTLI|ERR__ERROR)/.test(codeOf(error));
}

/** At most 4 KB of UTF-8, also when bytes that are none became replacement characters of three. */
function textOf(bytes: Buffer): string {
  let text = new TextDecoder().decode(bytes, { stream: true });
  while (Buffer.byteLength(text) > excerptBytes)
    text = text.slice(0, Math.floor((text.length * excerptBytes) / Buffer.byteLength(text)));
  return text;
}
