import { open } from 'node:fs/promises';

/** The log lines of one run, each once. */
export interface LogTail {
  /** Those that came since the last call. */
  readonly read: () => Promise<string[]>;
  /** Whether lines may be shown some seconds after they were written. */
  readonly isLate: boolean;
}

/** In the file into which the local run writes what its functions print. */
export function tailFile(file: string, uid: string): LogTail {
  let offset = 0;
  let rest = '';
  return {
    isLate: false,
    read: async () => {
      const log = await open(file).catch(() => undefined);
      if (log === undefined) return [];
      try {
        const { size } = await log.stat();
        // A full file was put aside and a new one begun.
        if (size < offset) [offset, rest] = [0, ''];
        const { buffer, bytesRead } = await log.read({ buffer: Buffer.alloc(size - offset), position: offset });
        offset += bytesRead;
        const lines = (rest + buffer.toString('utf8', 0, bytesRead)).split('\n');
        rest = lines.pop() ?? '';
        return lines.filter((line) => line.includes(uid));
      } finally {
        await log.close();
      }
    },
  };
}
