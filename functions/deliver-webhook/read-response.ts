import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { codeOf } from '../guard/error-code';

/** So many bytes of a response are read, counted after decoding. */
export const maxResponseBytes = 64 * 1024;
export const excerptBytes = 4 * 1024;

/** The request asks for no compression. A response that is compressed nevertheless is decoded chunk by chunk. */
const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * Reads a response to its end, or as far as it comes, and keeps the first 4 KB as text; null if it cannot be decoded. It
 * never throws: the status is known already and decides, so a body that is too long, breaks off or never ends is cut.
 */
export async function readExcerpt(response: IncomingMessage): Promise<string | null> {
  const kept: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of decoded(response)) {
      const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      if (bytes < excerptBytes) kept.push(part.subarray(0, excerptBytes - bytes));
      bytes += part.length;
      if (bytes > maxResponseBytes) break;
    }
  } catch (error) {
    if (isUndecodable(error)) return null;
  } finally {
    response.destroy();
  }
  return textOf(Buffer.concat(kept));
}

function decoded(response: IncomingMessage): Readable {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  const decoder = Object.hasOwn(decoders, encoding) ? decoders[encoding]?.() : undefined;
  // Errors of the response and of the decoder both surface in the decoder, where they are handled.
  return decoder === undefined ? response : pipeline(response, decoder, () => undefined);
}

/** True for errors of zlib itself, not for a broken connection. */
function isUndecodable(error: unknown): boolean {
  return /^(Z_|ERR_BROTLI|ERR__ERROR)/.test(codeOf(error));
}

/** Cuts to at most 4 KB of UTF-8, even if invalid bytes became replacement characters of three bytes each. */
function textOf(bytes: Buffer): string {
  let text = new TextDecoder().decode(bytes, { stream: true });
  while (Buffer.byteLength(text) > excerptBytes)
    text = text.slice(0, Math.floor((text.length * excerptBytes) / Buffer.byteLength(text)));
  return text;
}
