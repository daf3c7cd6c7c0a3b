import { spawn, spawnSync } from 'node:child_process';

// The namespace of processes ends whatever the judge started, however the judge itself ends.
const namespaces = ['--net', '--mount', '--pid', '--fork', '--mount-proc', '--kill-child', '--'];

/** Ways into a network of one's own: for everybody where the kernel allows it, otherwise for root. */
const ways = [['--user', '--map-root-user', ...namespaces], namespaces];

/**
 * Repeats this program in a network of its own, in which only what the judge starts can be reached. There it can listen
 * on a public address and on port 443, answer for any name, and trust a certificate of its own, without a change to this
 * machine and without anything leaving it. Needs Linux and `unshare` of util-linux.
 *
 * @returns the exit code of the repeated program
 */
export function enterNetwork(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const way = ways.find((one) => spawnSync('unshare', [...one, 'true']).status === 0);
  if (way === undefined)
    throw new Error(
      'This machine lets nobody open a network namespace. The judge needs Linux with unprivileged user namespaces, or root.',
    );
  const inside = spawn('unshare', [...way, process.execPath, ...process.execArgv, ...argv], {
    stdio: 'inherit',
    env: environment,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => inside.kill(signal));
  return new Promise((resolve, reject) => {
    inside.once('error', reject);
    inside.once('exit', (code) => resolve(code ?? 1));
  });
}
