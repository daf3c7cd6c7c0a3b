import { connect as connectTcp, isIPv6, type LookupFunction, type Socket, type TcpNetConnectOpts } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import type { Target } from './check-target';

/** Opens a connection to a checked target; the connector never looks a name up. */
export type Connect = (target: Target) => Socket;

/** Time for each of several addresses before the next is tried; the last has the whole rest. */
const addressMs = 1_000;

/**
 * TLS to port 443 of the checked addresses, with the name kept for SNI and the certificate. A connection of its own for
 * each attempt: a pooled one would outlive the check.
 *
 * @param overrides for tests: another port, another certificate authority
 */
export function publicConnector(overrides: Pick<ConnectionOptions, 'ca' | 'port'> = {}): Connect {
  return ({ url, addresses }) => {
    const options: ConnectionOptions & Pick<TcpNetConnectOpts, 'autoSelectFamily' | 'autoSelectFamilyAttemptTimeout'> =
      {
        host: url.hostname,
        servername: url.hostname,
        port: 443,
        lookup: lookupAmong(addresses),
        autoSelectFamily: true,
        autoSelectFamilyAttemptTimeout: addressMs,
        // Said here because an environment variable could say otherwise.
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
        ALPNProtocols: ['http/1.1'],
        ...overrides,
      };
    return connectTls(options);
  };
}

/** For the local run: plain TCP to the inbox, everything else as ever. */
export function withLocalInbox(connect: Connect): Connect {
  return (target) =>
    target.isLocalInbox
      ? connectTcp({ host: target.url.hostname, port: Number(target.url.port || 80) })
      : connect(target);
}

/** Answers a socket's look-up with what was checked. Sockets do not call this for IP literals, which are refused before. */
function lookupAmong(addresses: readonly string[]): LookupFunction {
  const answers = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_hostname, options, callback) => {
    const [first] = answers;
    // Later, like a real look-up: a connection refused at once must find its listeners in place.
    setImmediate(() => {
      if (first === undefined) callback(new Error('No checked address'), '', 0);
      else if (options.all === true) callback(null, answers);
      else callback(null, first.address, first.family);
    });
  };
}
