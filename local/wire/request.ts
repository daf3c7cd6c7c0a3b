import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import * as z from 'zod/mini';
import type { AskWire } from './ask-wire';

const headersSchema = z.record(z.string(), z.string());

/** A connection that is always open. */
const socket = { connecting: false, setKeepAlive: () => undefined, setTimeout: () => undefined };

/**
 * A request of the SDK to an engine in another thread, in place of the one that `node:http` would make.
 *
 * @param onResponse gets what the SDK reads of a response: status, headers and body
 */
export function wireRequest(ask: AskWire, headers: unknown, onResponse: (response: Readable) => void): EventEmitter {
  let destroyed = false;
  const request = Object.assign(new EventEmitter(), {
    socket,
    setTimeout: () => request,
    destroy: () => {
      destroyed = true;
      request.emit('close');
      return request;
    },
    end: (body: Uint8Array | string = '') => {
      void ask({ headers: headersSchema.parse(headers), body: textOf(body) }).then((answer) => {
        if (destroyed) return;
        const { statusCode } = answer;
        onResponse(Object.assign(Readable.from([Buffer.from(answer.body)]), { statusCode, headers: answer.headers }));
        request.emit('close');
      });
      return request;
    },
  });
  return request;
}

function textOf(body: Uint8Array | string): string {
  return typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
}
