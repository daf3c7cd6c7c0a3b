import { isUtf8 } from 'node:buffer';
import type middy from '@middy/core';
import { ProductError } from '../../domain/errors';
import { inexactRefusal } from '../../domain/inexact-refusal';
import { scanJson } from '../../domain/scan-json';
import { requireJson } from './media-type';
import type { HttpReply, HttpRequest } from './request';

export const maxBodyBytes = 256 * 1024;
/** Deeper than any valid recipe or input. The limit bounds every recursive walk over a body. */
export const maxBodyLevels = 100;

/** Methods whose body has no meaning, although some clients and proxies send one: https://www.rfc-editor.org/rfc/rfc9110#section-9.3.5 */
const withoutBody = ['GET', 'HEAD', 'DELETE'];

/** What a channel does about a body that holds a number or a name which parsing loses. It is called once `body` is set. */
type RefuseInexact = (refusal: ProductError, request: HttpRequest) => void;

/**
 * Parses the body of methods that have one. An empty body counts as `{}` and needs no content type.
 *
 * @param refuseInexact throws the refusal unless the channel gives another one
 */
export function readBody(refuseInexact: RefuseInexact = throwIt): middy.MiddlewareObj<HttpRequest, HttpReply> {
  return {
    before: ({ event: request }) => {
      if (request.rawBody.length === 0 || withoutBody.includes(request.method)) {
        request.body = {};
        return;
      }
      const text = readText(request);
      request.body = parseBody(text, request.rawBody);
      const refusal = inexactRefusal(text);
      if (refusal !== undefined) refuseInexact(refusal, request);
    },
  };
}

function throwIt(refusal: ProductError): void {
  throw refusal;
}

function readText({ headers, rawBody }: HttpRequest): string {
  requireJson(headers['content-type'] ?? '');
  if (rawBody.length > maxBodyBytes) {
    throw new ProductError(
      'payload_too_large',
      `The body has ${rawBody.length} bytes; at most ${maxBodyBytes} are accepted.`,
    );
  }
  // A `TextDecoder` with `fatal` says the same at several times the cost.
  if (!isUtf8(rawBody)) throw notJson('');
  return withoutByteOrderMark(rawBody).toString();
}

function parseBody(text: string, rawBody: Buffer): unknown {
  const value = parseJson(text);
  const { levels, hasLoneSurrogate } = scanJson(rawBody);
  if (levels > maxBodyLevels) {
    throw new ProductError('malformed_json', `The body nests deeper than ${maxBodyLevels} levels.`);
  }
  if (hasLoneSurrogate) {
    throw new ProductError(
      'malformed_json',
      'The body holds half of a character (a lone surrogate), which no UTF-8 has.',
    );
  }
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's own message is not used, because it quotes the body.
    const place = error instanceof SyntaxError ? /position \d+/.exec(error.message)?.[0] : undefined;
    throw notJson(place === undefined ? '' : ` (at ${place})`);
  }
}

/** Some programs on Windows begin every text with it. */
function withoutByteOrderMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function notJson(where: string): ProductError {
  return new ProductError('malformed_json', `The body is not valid JSON in UTF-8${where}.`);
}
