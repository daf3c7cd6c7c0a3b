import { Agent, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { listenAt, type Listening } from '../listen-at';
import type { Certificate } from './certificate';

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** A server on loopback, and the host that it is told; without one, the host that the caller named. */
export interface Backend {
  readonly port: number;
  readonly host?: string;
}

/** Ends TLS on port 443 for every name, and passes each request on to the server of its name on loopback. */
export async function startFront(
  address: string,
  { cert, key }: Certificate,
  backendOf: (host: string) => Backend,
): Promise<Listening> {
  const server = createServer({ cert, key }, (request, response) => {
    pass(request, response, backendOf((request.headers.host ?? '').toLowerCase()));
  });
  const { stop } = await listenAt(server, 443, address);
  return { stop: () => stop().finally(() => agent.destroy()) };
}

function pass(request: IncomingMessage, response: ServerResponse, { port, host }: Backend): void {
  const onward = forward({
    host: '127.0.0.1',
    port,
    method: request.method,
    path: request.url,
    headers: { ...request.headers, ...(host !== undefined && { host }), 'x-forwarded-proto': 'https' },
    agent,
  });
  onward.once('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(response);
  });
  onward.once('error', (error) => response.destroy(error));
  response.once('close', () => onward.destroy());
  request.pipe(onward);
}
