import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorCode } from './error-code';
import { LocalProblem } from './local-problem';
import { onlyOwnRequests } from './only-own-requests';

export const loopback = '127.0.0.1';

/**
 * Listens on the loopback interface only, and refuses requests from pages of other sites: the local run serves nobody
 * but its own machine.
 * @param port 0 for any free port
 * @returns the port on which the server listens
 */
export async function listenOnLoopback(
  server: Server,
  port: number,
  busyAdvice = 'Stop it and try again.',
): Promise<number> {
  onlyOwnRequests(server, { browsers: true });
  return listen(server, port, busyAdvice);
}

/**
 * Listens on any free loopback port for requests from programs only. Without this check dynalite, for example, would
 * let every web page read the table.
 */
export async function listenForPrograms(server: Server): Promise<number> {
  onlyOwnRequests(server, { browsers: false });
  return listen(server, 0, '');
}

async function listen(server: Server, port: number, busyAdvice: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        errorCode(error) === 'EADDRINUSE'
          ? new LocalProblem(`Another program is using port ${port}. ${busyAdvice}`)
          : error,
      );
    });
    // The server never closes idle connections, because a client that reuses one at that moment gets ECONNRESET.
    server.keepAliveTimeout = 0;
    server.listen(port, loopback, resolve);
  });
  return portOf(server.address());
}

/** Also closes open connections, with which a browser or an SDK would otherwise keep the server alive. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a port.');
  return address.port;
}
