import * as z from 'zod/mini';
import type { DataFolder } from './data-folder';
import { LocalProblem } from './local-problem';

const keptPortSchema = z.object({ port: z.int() });

/**
 * Starts a server on the same port as in the last local run, because other data contains its address. The first start
 * uses `wantedPort`, or any free port if that one is taken.
 *
 * @param name name of the server as shown to people; the file that stores its port is named after it
 * @param wantedPort 0 for any free port
 */
export async function startOnKeptPort<Started extends { readonly origin: string }>(
  data: DataFolder,
  name: string,
  wantedPort: number,
  start: (port: number, busyAdvice: string) => Promise<Started>,
): Promise<Started> {
  const file = `${name.replaceAll(' ', '-')}.json`;
  const kept = data.read(file, keptPortSchema);
  if (kept) {
    return start(
      kept.port,
      `The ${name} had it before and needs it again. Stop that program, or delete ${data.path} to start over.`,
    );
  }
  const started = await startOnFreePort(wantedPort, start);
  data.write(file, { port: Number(new URL(started.origin).port) });
  return started;
}

async function startOnFreePort<Started>(
  wantedPort: number,
  start: (port: number, busyAdvice: string) => Promise<Started>,
): Promise<Started> {
  try {
    return await start(wantedPort, '');
  } catch (error) {
    if (!(error instanceof LocalProblem)) throw error;
    return start(0, '');
  }
}
