import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { nextMessage } from '../world/next-message';
import type { Subject } from '../world/start-world';

const sampleSchema = z.object({ importMs: z.number(), callMs: z.number() });
export type ColdSample = z.infer<typeof sampleSchema>;

/** Loads the bundle in a fresh process and calls its handler once. */
export async function startCold({ file, environment }: Subject, event: unknown): Promise<ColdSample> {
  const eventFile = `${file}.event.json`;
  writeFileSync(eventFile, JSON.stringify(event));
  const child = fork(join(__dirname, 'probe.cjs'), [file, eventFile], {
    env: { ...environment },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return sampleSchema.parse(await nextMessage(child));
}
