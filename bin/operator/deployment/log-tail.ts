import { open } from 'node:fs/promises';

/** Reads the log lines of one run, each line once. */
export interface LogTail {
  /** In AWS it makes at most one request to CloudWatch Logs, so whoever calls it sets the pace of these requests. */
  readonly read: () => Promise<LogRead>;
}

export interface LogRead {
  /** Lines that no earlier read has returned. */
  readonly lines: readonly string[];
  /** All lines that could be read at this time have been returned. */
  readonly completeAtMs: number;
  /** AWS refused this read because of the rate of requests. A later one makes up for it. */
  readonly isThrottled: boolean;
}

/** Follows the file into which the local run writes what its functions print. */
export function tailLogFile(file: string, uid: string): LogTail {
  let offset = 0;
  let incompleteLine = '';

  async function readLines(): Promise<string[]> {
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
  }

  // A line is in the file as soon as it is written, so no later read can find an older one.
  return { read: async () => ({ lines: await readLines(), completeAtMs: Infinity, isThrottled: false }) };
}
