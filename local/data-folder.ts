import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod/mini';
import { errorCode } from './error-code';
import { isRunning } from './is-running';
import { LocalProblem } from './local-problem';

export interface DataFolder {
  readonly path: string;
  readonly inside: (...names: readonly string[]) => string;
  /** True if the last local run with this folder shut down properly. It is false on the first start. */
  readonly endedCleanly: boolean;
  /** @returns undefined if the file does not exist */
  readonly read: <Value>(name: string, schema: z.ZodMiniType<Value>) => Value | undefined;
  /** Writes a file atomically and with access for the owner only, because it may contain tokens. */
  readonly write: (name: string, value: unknown) => void;
  /** Records a proper shutdown. Call it after the table was closed, as the last step before `release`. */
  readonly markCleanEnd: () => void;
  readonly release: () => void;
}

const ownerOnly = 0o700;

/** Locks the folder for this process, because two processes on one folder would overwrite each other's table. */
export function openDataFolder(path: string): DataFolder {
  makeFolder(path);
  const inside = (...names: readonly string[]) => join(path, ...names);
  const lockFile = inside('lock');
  const endMark = inside('ended-cleanly');
  takeLock(path, lockFile);
  const endedCleanly = removeIfPresent(endMark);

  return {
    path,
    inside,
    endedCleanly,
    read: (name, schema) => readState(path, inside(name), schema),
    write: (name, value) => {
      const file = inside(name);
      writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
    markCleanEnd: () => writeFileSync(endMark, ''),
    release: () => rmSync(lockFile, { force: true }),
  };
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: ownerOnly });
    // The permissions of a folder that existed before stay as they are; only our own subfolders are closed to others.
    for (const name of ['table', 'logs']) mkdirSync(join(path, name), { recursive: true, mode: ownerOnly });
  } catch (error) {
    throw new LocalProblem(
      `Cannot use the folder for local data, ${path}: ${reasonOf(error)}\nSet LOCAL_DATA_DIR to another folder.`,
    );
  }
}

function takeLock(path: string, lockFile: string): void {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    const holder = Number(readFileSync(lockFile, 'utf8'));
    if (holder !== process.pid && holder > 0 && isRunning(holder)) {
      throw new LocalProblem(
        `Another local run (process ${holder}) is using ${path}.\n` +
          `Stop it, or set LOCAL_DATA_DIR to another folder. ` +
          `If process ${holder} is a different program, delete ${lockFile}.`,
      );
    }
    // The process that held the lock was killed.
    writeFileSync(lockFile, String(process.pid));
  }
}

function readState<Value>(path: string, file: string, schema: z.ZodMiniType<Value>): Value | undefined {
  const text = readIfPresent(file);
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new LocalProblem(
      `${file} is damaged or was written by another version.\n` +
        `Delete the folder ${path} to start over; this loses its runs and tokens.`,
    );
  }
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function removeIfPresent(file: string): boolean {
  const wasThere = readIfPresent(file) !== undefined;
  rmSync(file, { force: true });
  return wasThere;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
