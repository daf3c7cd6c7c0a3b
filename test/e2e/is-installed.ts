import { spawnSync } from 'node:child_process';

/**
 * Tells whether a program that only tests need is installed. Without it those tests are skipped on a developer's
 * machine and fail in continuous integration.
 */
export function isInstalled(program: string, ...versionArguments: readonly string[]): boolean {
  const found = spawnSync(program, versionArguments, { stdio: 'ignore' }).status === 0;
  if (!found && process.env['CI'] !== undefined)
    throw new Error(`${program} is not installed: its tests must not be skipped in CI`);
  if (!found) process.stderr.write(`${program} is not installed: its tests are skipped on this machine\n`);
  return found;
}
