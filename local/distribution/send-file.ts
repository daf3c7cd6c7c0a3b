import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { HttpAnswer } from '../api/to-answer';

/**
 * What CloudFront compresses, as far as the product has such files:
 * docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
 */
const compressible = /^(text\/(html|css|javascript|plain)|application\/(json|manifest\+json)|image\/svg\+xml)\b/;
const compressibleBytes = { from: 1_000, to: 10_000_000 } as const;

/**
 * Turns the answer with a whole file into the one that CloudFront sends: with an ETag, compressed if the client accepts
 * it, and without a body if the client has the file already.
 */
export function sendFile(answer: HttpAnswer, compress: boolean, request: IncomingHttpHeaders): HttpAnswer {
  const { status, headers, body } = answer;
  const { 'content-type': contentType, ...others } = headers;
  if (status !== 200) return answer;
  const tag = `"${createHash('md5').update(body).digest('hex')}"`;
  const mayCompress =
    compress &&
    compressible.test(String(contentType)) &&
    body.byteLength >= compressibleBytes.from &&
    body.byteLength <= compressibleBytes.to;
  const encoding = mayCompress ? acceptedEncoding(request['accept-encoding']) : undefined;
  const cached = {
    ...others,
    etag: encoding === undefined ? tag : `W/${tag}`,
    ...(mayCompress && { vary: 'Accept-Encoding' }),
  };
  if (hasAlready(request['if-none-match'], tag)) return { status: 304, headers: cached, body: Buffer.alloc(0) };
  const sent = { ...cached, ...(contentType !== undefined && { 'content-type': contentType }) };
  if (encoding === undefined) return { status, headers: sent, body };
  return { status, headers: { ...sent, 'content-encoding': encoding }, body: encode(body, encoding) };
}

type Encoding = 'br' | 'gzip';

/** CloudFront prefers Brotli if the client accepts both. */
function acceptedEncoding(header: string | string[] | undefined): Encoding | undefined {
  const accepted = String(header ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => !/;\s*q=0(\.0*)?$/.test(one))
    .map((one) => one.split(';', 1)[0]);
  return (['br', 'gzip'] as const).find((encoding) => accepted.includes(encoding));
}

function hasAlready(header: string | undefined, tag: string): boolean {
  return (header ?? '').split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag);
}

/** Compressed bodies of files that stay in memory. CloudFront caches them too. */
const encoded: Readonly<Record<Encoding, WeakMap<Buffer, Buffer>>> = { br: new WeakMap(), gzip: new WeakMap() };

function encode(body: Buffer, encoding: Encoding): Buffer {
  const known = encoded[encoding].get(body);
  if (known !== undefined) return known;
  const made = compressed(body, encoding);
  encoded[encoding].set(body, made);
  return made;
}

function compressed(body: Buffer, encoding: Encoding): Buffer {
  // A middle quality: the highest takes seconds for a large file.
  return encoding === 'gzip'
    ? gzipSync(body)
    : brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}
