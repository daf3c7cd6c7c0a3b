import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { publicConnector, type Connect } from '../../functions/guard/connect';
import type { SendDeps } from '../../functions/deliver-webhook/send-webhook';
import { loopback } from '../../local/listen';
import type { Certificate } from './certificates';

export const receiverHost = 'hooks.example.com';
export const publicAddress = '93.184.216.34';

export interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly servername: string | false | null;
}

export type Respond = (response: ServerResponse, request: IncomingMessage) => void;

/** Starts an HTTPS server that records each request and responds as `respondWith` says. */
export async function startReceiver(certificate: Certificate) {
  const received: Received[] = [];
  const sockets = new Set<{ destroy: () => unknown }>();
  let connections = 0;
  let respond: Respond = (response) => response.end('ok');
  const server = createServer(certificate, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url: path, headers } = request;
      received.push({
        method,
        path,
        headers,
        body: Buffer.concat(chunks).toString(),
        servername: (request.socket as { servername?: string | false }).servername ?? null,
      });
      respond(response, request);
    });
  });
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, loopback, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    received,
    connections: () => connections,
    respondWith: (next: Respond) => (respond = next),
    reset: () => {
      received.length = 0;
      connections = 0;
      respond = (response) => response.end('ok');
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The product's connector, but to this port of the local machine instead of port 443 of the checked addresses. */
export function connectorTo(port: number, ca: string, addresses: readonly string[] = [loopback]): Connect {
  const connect = publicConnector({ ca, port });
  return (target, signal) => connect({ ...target, addresses }, signal);
}

export function sendDeps(connect: Connect, limits = { connectMs: 1500, totalMs: 2500 }): SendDeps {
  return { resolve: async () => [publicAddress], connect, policy: { ownHosts: [] }, limits };
}
