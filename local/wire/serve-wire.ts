import { EventEmitter } from 'node:events';
import type { RequestListener } from 'node:http';
import type { MessagePort } from 'node:worker_threads';
import { wireRequestSchema, type WireAnswer } from './message';

/**
 * Answers requests of another thread by a request listener, without a socket and without HTTP, which would take as long
 * as the answer itself.
 *
 * @param listen needs no more than a request's method, path, headers, `data` and `end`, and a response's status, headers
 *   and one text. dynalite is such a listener.
 */
export function serveWire(port: MessagePort, listen: RequestListener): void {
  port.on('message', (message: unknown) => {
    const { id, headers, body } = wireRequestSchema.parse(message);
    const answered: Record<string, string> = {};
    const request = Object.assign(new EventEmitter(), { method: 'POST', url: '/', headers });
    const response = {
      statusCode: 200,
      setHeader: (name: string, value: unknown) => {
        answered[name.toLowerCase()] = String(value);
      },
      end: (text: string) => {
        const { statusCode } = response;
        port.postMessage({ id, statusCode, headers: answered, body: text } satisfies WireAnswer);
      },
    };
    Reflect.apply(listen, undefined, [request, response]);
    request.emit('data', Buffer.from(body));
    request.emit('end');
  });
}
