import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endLocalRun, startLocalRun } from './local-run';

/** Where a test file asks for the shared run. Jest's workers inherit the variable. */
export const sharedRunVariable = 'SHARED_LOCAL_RUN';

let server: Server | undefined;
let run: { readonly dataFolder: string; readonly started: Promise<ChildProcess> } | undefined;

/**
 * Offers one local run to all files of test/e2e, in jest's own process. The first file that asks for it starts it, so other
 * tests do without. These files run against a deployed stack too, which they share as well.
 */
export async function offerSharedRun(): Promise<void> {
  server = createServer((_request, response) => {
    void askedFor().then(
      (dataFolder) => response.end(dataFolder),
      (problem: unknown) => response.writeHead(500).end(String(problem)),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  process.env[sharedRunVariable] = `http://127.0.0.1:${port}`;
  server.unref();
}

/** Ends the run, if there was one. */
export async function endSharedRun(): Promise<void> {
  server?.close();
  if (run === undefined) return;
  const child = await run.started.catch(() => undefined);
  if (child !== undefined) await endLocalRun(child, 'SIGTERM');
  rmSync(run.dataFolder, { recursive: true, force: true });
}

async function askedFor(): Promise<string> {
  if (run === undefined) {
    const dataFolder = mkdtempSync(join(tmpdir(), 'workflows-e2e-'));
    // Failed deliveries are repeated soon, because some tests wait for that.
    run = { dataFolder, started: startLocalRun(dataFolder, { RETRY_SECONDS: '1,1' }) };
  }
  await run.started;
  return run.dataFolder;
}
