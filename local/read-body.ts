import type { IncomingMessage } from 'node:http';

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * @throws BodyTooLarge if the body is larger than `limitBytes`. The rest is still read and dropped, so that the client
 * finishes sending and reads the response
 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes: unknown = part;
    if (!Buffer.isBuffer(bytes)) continue;
    size += bytes.byteLength;
    if (size <= limitBytes) chunks.push(bytes);
  }
  if (size > limitBytes) throw new BodyTooLarge(`The body has ${size} bytes; the limit is ${limitBytes}.`);
  return Buffer.concat(chunks);
}
