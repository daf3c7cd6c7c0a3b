import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate, type Certificate } from './certificate';
import { startFront } from './front';
import { startNameServer } from './name-server';

/**
 * Address at which every public name of the judge's network is served. It only has to be public, since the guard refuses
 * all others, and nothing leaves the network.
 */
const publicAddress = '1.2.3.4';

/** The host of a receiver, at which webhooks arrive over TLS from the product's own connector. */
export const receiverHost = 'hooks.receiver-of-the-judge.com';

export interface Network {
  /** What programs need in their environment to trust the network's certificate. */
  readonly environment: NodeJS.ProcessEnv;
  readonly stop: () => Promise<void>;
}

/** Furnishes the network that the program is in: an address, names, and TLS in front of the servers on loopback. */
export async function openNetwork(folder: string, ports: { gateway: number; receiver: number }): Promise<Network> {
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
  execFileSync('ip', ['address', 'add', `${publicAddress}/32`, 'dev', 'lo']);
  const resolver = join(folder, 'resolv.conf');
  writeFileSync(resolver, 'nameserver 127.0.0.1\n');
  execFileSync('mount', ['--bind', resolver, '/etc/resolv.conf']);

  const certificate = makeCertificate(folder, receiverHost);
  const names = await startNameServer(publicAddress);
  const front = await startFront(publicAddress, certificate, (host) =>
    // The receiver answers only to its own name, as every server of a local run does.
    host === receiverHost ? { port: ports.receiver, host: `127.0.0.1:${ports.receiver}` } : { port: ports.gateway },
  );
  return {
    environment: trusting(certificate),
    stop: async () => {
      await front.stop();
      names.stop();
    },
  };
}

function trusting({ certificateFile: file }: Certificate): NodeJS.ProcessEnv {
  return { NODE_EXTRA_CA_CERTS: file, CURL_CA_BUNDLE: file, SSL_CERT_FILE: file, REQUESTS_CA_BUNDLE: file };
}

/** Puts a file where a Lambda layer would put it under `/opt`, beside what the machine has there. */
export function layIntoOpt(folder: string, path: string, content: string): void {
  const original = join(folder, 'opt');
  mkdirSync(original);
  execFileSync('mount', ['--bind', '/opt', original]);
  execFileSync('mount', ['-o', 'remount,bind,ro', original]);
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', '/opt']);
  for (const name of readdirSync(original)) symlinkSync(join(original, name), join('/opt', name));
  const file = join('/opt', path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content, { mode: 0o755 });
}
