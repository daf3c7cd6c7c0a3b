import dynalite from 'dynalite';
import { Level } from 'level';
import type { RequestListener } from 'node:http';
import { errorCode } from '../error-code';
import { closeServer, listenForPrograms, loopback } from '../listen';
import { LocalProblem } from '../local-problem';

export interface TableEngine {
  readonly endpoint: string;
  /** Answers a request of this process without the check of where it comes from. */
  readonly listen: RequestListener;
  readonly stop: () => Promise<void>;
}

/**
 * Emulates DynamoDB with data on disk. The files are opened once before dynalite starts, because dynalite would crash
 * on a damaged folder.
 */
export async function startTableEngine(
  folder: string,
  prepare: (files: Level) => Promise<void> | undefined,
): Promise<TableEngine> {
  const files = await openFiles(folder);
  try {
    await prepare(files);
  } finally {
    await files.close();
  }
  const server = dynalite({ path: folder, createTableMs: 0 });
  const [answer] = server.listeners('request');
  const listen: RequestListener = (...asked) => {
    if (answer) Reflect.apply(answer, server, asked);
  };
  const port = await listenForPrograms(server);
  return { endpoint: `http://${loopback}:${port}`, listen, stop: () => closeServer(server) };
}

async function openFiles(folder: string): Promise<Level> {
  const files = new Level(folder);
  try {
    await files.open();
    return files;
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    if (errorCode(cause) === 'LEVEL_LOCKED') {
      throw new LocalProblem(`Another local run is using ${folder}. Stop it, or set LOCAL_DATA_DIR to another folder.`);
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LocalProblem(
      `Cannot read the table in ${folder}: ${reason}\n` +
        'Delete that folder to start over; this loses its runs and tokens.',
    );
  }
}
