import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../error-code';
import { isRunning } from '../is-running';

/** Lets only one process build at a time, because several test workers start at once in the same checkout. */
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

/** The id of this process, which is running, if the holder has not written its id yet or has just released the lock. */
function lockHolder(lockFile: string): number {
  try {
    return Number(readFileSync(lockFile, 'utf8')) || process.pid;
  } catch {
    return process.pid;
  }
}
