import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod/mini';
import { errorCode } from './error-code';
import { isRunning } from './is-running';
import { LocalProblem } from './local-problem';

export interface DataFolder {
  readonly path: string;
  readonly inside: (...names: readonly string[]) => string;
  /** Whether the last run on this folder came to its end; false on the first start too. */
  readonly endedCleanly: boolean;
  /** @returns undefined when there is no such file */
  readonly read: <Value>(name: string, schema: z.ZodMiniType<Value>) => Value | undefined;
  /** Readable by nobody else: tokens are in there. Never half written. */
  readonly write: (name: string, value: unknown) => void;
  /** To be called when the table was closed in an orderly way, as the last thing before the folder is given back. */
  readonly noteCleanEnd: () => void;
  readonly release: () => void;
}

const ownerOnly = 0o700;

/** Takes the folder for this process. Two on one folder would overwrite each other's table. */
export function openDataFolder(path: string): DataFolder {
  makeFolder(path);
  const inside = (...names: readonly string[]) => join(path, ...names);
  const lockFile = inside('lock');
  const endMark = inside('ended-cleanly');
  takeLock(path, lockFile);
  const endedCleanly = rmIfThere(endMark);

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
    noteCleanEnd: () => writeFileSync(endMark, ''),
    release: () => rmSync(lockFile, { force: true }),
  };
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: ownerOnly });
    // A folder that was there before may be anybody's, so it stays as it is; what is ours in it is closed.
    for (const name of ['table', 'logs']) mkdirSync(join(path, name), { recursive: true, mode: ownerOnly });
  } catch (error) {
    throw new LocalProblem(
      `The folder for local data, ${path}, cannot be used: ${reasonOf(error)}\nSet LOCAL_DATA_DIR to another one.`,
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
        `Another local run (process ${holder}) uses ${path}.\n` +
          `Stop it, or start this one with LOCAL_DATA_DIR set to another folder. If process ${holder} is something else, delete ${lockFile}.`,
      );
    }
    // Its holder was killed.
    writeFileSync(lockFile, String(process.pid));
  }
}

function readState<Value>(path: string, file: string, schema: z.ZodMiniType<Value>): Value | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new LocalProblem(
      `${file} is not what was written there.\nDelete the folder ${path} to start over; runs and tokens in it are lost.`,
    );
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function rmIfThere(file: string): boolean {
  const wasThere = readIfThere(file) !== undefined;
  rmSync(file, { force: true });
  return wasThere;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
