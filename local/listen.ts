import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorCode } from './error-code';
import { LocalProblem } from './local-problem';
import { onlyOwnRequests } from './only-own-requests';

export const loopback = '127.0.0.1';

/**
 * Listens on loopback only: nothing of the local run is for the network, nor for pages of other sites.
 * @param port 0 for any free one
 * @returns the port listened on
 */
export async function listenOnLoopback(
  server: Server,
  port: number,
  busyAdvice = 'Stop it and try again.',
): Promise<number> {
  onlyOwnRequests(server, { browsers: true });
  return listen(server, port, busyAdvice);
}

/** The same for an engine, on any free port: only programs talk to it. dynalite would let every web page read the table. */
export async function listenForPrograms(server: Server): Promise<number> {
  onlyOwnRequests(server, { browsers: false });
  return listen(server, 0, '');
}

async function listen(server: Server, port: number, busyAdvice: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        errorCode(error) === 'EADDRINUSE'
          ? new LocalProblem(`Port ${port} is used by another program. ${busyAdvice}`)
          : error,
      );
    });
    // A client that picks an idle connection in the moment its server closes it gets ECONNRESET: never close first.
    server.keepAliveTimeout = 0;
    server.listen(port, loopback, resolve);
  });
  return portOf(server.address());
}

/** Ends open connections too: a browser or an SDK would otherwise keep the server alive. */
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
