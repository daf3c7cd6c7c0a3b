import { open } from 'node:fs/promises';

/** Reads the log lines of one run, each line once. */
export interface LogTail {
  /** The lines that were written since the last call. */
  readonly read: () => Promise<string[]>;
  /** True if a line can appear some seconds after it was written. */
  readonly isLate: boolean;
}

/** Follows the file into which the local run writes what its functions print. */
export function tailLogFile(file: string, uid: string): LogTail {
  let offset = 0;
  let incompleteLine = '';
  return {
    isLate: false,
    read: async () => {
      const log = await open(file).catch(() => undefined);
      if (log === undefined) return [];
      try {
        const { size } = await log.stat();
        // The file is shorter than before: the local run has put the full one aside and begun a new one.
        if (size < offset) [offset, incompleteLine] = [0, ''];
        const { buffer, bytesRead } = await log.read({ buffer: Buffer.alloc(size - offset), position: offset });
        offset += bytesRead;
        const lines = (incompleteLine + buffer.toString('utf8', 0, bytesRead)).split('\n');
        incompleteLine = lines.pop() ?? '';
        return lines.filter((line) => line.includes(uid));
      } finally {
        await log.close();
      }
    },
  };
}
