import { spawnSync } from 'node:child_process';

/**
 * Whether a program that only tests need is there. A machine of a newcomer may lack it, and then its tests prove
 * nothing; continuous integration may not.
 */
export function isInstalled(program: string, ...versionArguments: readonly string[]): boolean {
  const found = spawnSync(program, versionArguments, { stdio: 'ignore' }).status === 0;
  if (!found && process.env['CI'] !== undefined)
    throw new Error(`Tests need ${program} here: they must not be skipped in CI`);
  if (!found) process.stderr.write(`${program} is not installed: its tests prove nothing on this machine\n`);
  return found;
}
