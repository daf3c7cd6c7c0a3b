import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import type { Target } from './check-target';
import { raceToConnect, type Dial } from './race-to-connect';

/**
 * Connects to a checked target and resolves as soon as there is a TCP connection; TLS may still be under way on it. The
 * connector never resolves a name. If it rejects, as it does when the signal aborts, it has left no connection open.
 */
export type Connect = (target: Target, signal: AbortSignal) => Promise<Socket>;

/** What tests replace: the port, the certificate authority, and how a connection to an address begins. */
type Overrides = Pick<ConnectionOptions, 'ca'> & { readonly port?: number; readonly dial?: Dial };

/**
 * Opens TLS to port 443 of that checked address which is the first to accept a connection. The host name is used for
 * SNI and to verify the certificate. Each attempt gets its own connection, because a pooled one would outlive the
 * check.
 */
export function publicConnector({ ca, port = 443, dial = dialPort(port) }: Overrides = {}): Connect {
  return async ({ hostname, addresses }, signal) => {
    const socket = await raceToConnect(addresses, dial, signal);
    return connectTls({
      socket,
      servername: hostname,
      // Set explicitly, because an environment variable could change the default.
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['http/1.1'],
      ...(ca !== undefined && { ca }),
    });
  };
}

/** For the local run: plain TCP to the inbox, and TLS to everything else. */
export function withLocalInbox(connect: Connect): Connect {
  return (target, signal) =>
    target.isLocalInbox ? raceToConnect([target.hostname], dialPort(target.port), signal) : connect(target, signal);
}

/** No name is looked up: the guard passes on addresses, for which a socket skips the look-up. */
function dialPort(port: number): Dial {
  return (address) => connectTcp({ host: address, port });
}
