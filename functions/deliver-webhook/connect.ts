import { connect as connectTcp, isIPv6, type LookupFunction, type Socket, type TcpNetConnectOpts } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import type { Target } from './check-target';

/** Opens a connection to a checked target. The connector never resolves a name. */
export type Connect = (target: Target) => Socket;

/** Time that each of several addresses gets before the next one is tried; the last one gets all that remains. */
const addressMs = 1_000;

/**
 * Opens TLS to port 443 of the checked addresses. The host name is used for SNI and to verify the certificate. Each
 * attempt gets its own connection, because a pooled one would outlive the check.
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
        // Set explicitly, because an environment variable could change the default.
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
        ALPNProtocols: ['http/1.1'],
        ...overrides,
      };
    return connectTls(options);
  };
}

/** For the local run: plain TCP to the inbox, and TLS to everything else. */
export function withLocalInbox(connect: Connect): Connect {
  return (target) =>
    target.isLocalInbox
      ? connectTcp({ host: target.url.hostname, port: Number(target.url.port || 80) })
      : connect(target);
}

/**
 * Answers a socket's look-up with the checked addresses. Sockets skip it for IP literals, which were refused earlier.
 */
function lookupAmong(addresses: readonly string[]): LookupFunction {
  const answers = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_hostname, options, callback) => {
    const [first] = answers;
    // Called asynchronously, like a real look-up: if the connection is refused at once, its listeners must be in place.
    setImmediate(() => {
      if (first === undefined) callback(new Error('No checked address'), '', 0);
      else if (options.all === true) callback(null, answers);
      else callback(null, first.address, first.family);
    });
  };
}
