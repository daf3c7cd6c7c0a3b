import type { IncomingMessage } from 'node:http';

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** @throws BodyTooLarge as soon as more than `limitBytes` have come; the rest is read and dropped, so that an answer arrives. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes: unknown = part;
    if (!Buffer.isBuffer(bytes)) continue;
    size += bytes.byteLength;
    if (size <= limitBytes) chunks.push(bytes);
  }
  if (size > limitBytes) throw new BodyTooLarge(`The body has ${size} bytes; at most ${limitBytes} are taken`);
  return Buffer.concat(chunks);
}
