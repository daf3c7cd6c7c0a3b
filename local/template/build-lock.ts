import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../error-code';
import { isRunning } from '../is-running';

/** Lets one process at a time build: test workers start side by side on one checkout. */
export async function withBuildLock(lockFile: string, build: () => Promise<void>): Promise<void> {
  while (!tryToLock(lockFile)) await sleep(50);
  try {
    await build();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

function tryToLock(lockFile: string): boolean {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    if (!isRunning(lockHolder(lockFile))) rmSync(lockFile, { force: true });
    return false;
  }
}

/** A holder that has not written its id yet, or just gave the lock back, reads as this process: alive. */
function lockHolder(lockFile: string): number {
  try {
    return Number(readFileSync(lockFile, 'utf8')) || process.pid;
  } catch {
    return process.pid;
  }
}
