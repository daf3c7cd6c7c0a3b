import * as z from 'zod/mini';
import type { DataFolder } from './data-folder';
import { LocalProblem } from './local-problem';

const keptPortSchema = z.object({ port: z.int() });

/**
 * Starts a server where it was before, because its address is remembered elsewhere. The first time it takes
 * `wantedPort`, or any port when that one is taken.
 *
 * @param name of the server, as people know it; also of the file that keeps its port
 * @param wantedPort 0 for any free one
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
    return start(kept.port, `The ${name} had it before. Stop that program, or delete ${data.path} to start over.`);
  }
  const started = await startSomewhere(wantedPort, start);
  data.write(file, { port: Number(new URL(started.origin).port) });
  return started;
}

async function startSomewhere<Started>(
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
