import { EventEmitter } from 'node:events';
import type { RequestListener } from 'node:http';
import { protocolJson } from './json';

export interface Asked {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface Answered {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What dynalite wants to see of a signature, which it does not verify. */
export const unverified = {
  authorization: 'AWS4-HMAC-SHA256 Credential=test, SignedHeaders=host, Signature=none',
  'x-amz-date': '20261122T120000Z',
};

/** A request of DynamoDB's JSON protocol. */
export function asked(operation: string, request: unknown): Asked {
  return {
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      ...unverified,
    },
    body: protocolJson.stringify(request),
  };
}

/**
 * Hands a request to dynalite's request listener as node's HTTP would. dynalite listens for `data` and `end`, reads method,
 * path and headers, and writes a status, headers and one text.
 */
export function askListener(listen: RequestListener, { headers, body }: Asked): Promise<Answered> {
  return new Promise((resolve) => {
    const request = Object.assign(new EventEmitter(), { method: 'POST', url: '/', headers });
    const written: Record<string, string> = {};
    const response = {
      statusCode: 200,
      setHeader: (name: string, value: unknown) => void (written[name.toLowerCase()] = String(value)),
      end: (text: string) => resolve({ statusCode: response.statusCode, headers: written, body: text }),
    };
    listen(request as never, response as never);
    request.emit('data', typeof body === 'string' ? Buffer.from(body) : asBuffer(body));
    request.emit('end');
  });
}

/** The SDK's bodies are arrays of bytes that warn whoever treats them as texts, so only their bytes are passed on. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
