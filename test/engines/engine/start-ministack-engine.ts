import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeServer, listenOnLoopback } from '../../../local/listen';
import { installMinistack } from '../../judges/stack/ministack/install';
import { startMinistack } from '../../judges/stack/ministack/start';
import type { Engine } from './engine';

/** Starts MiniStack for its DynamoDB alone, without the network of a deployed stack. */
export async function startMinistackEngine(): Promise<Engine> {
  const installation = installMinistack();
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  const port = await freePort();
  const { url, stop } = await startMinistack({
    installation,
    folder,
    port,
    functionsCall: `http://127.0.0.1:${port}`,
    environment: {},
  });
  return {
    name: 'MiniStack',
    endpoint: url,
    stop: async () => {
      await stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenOnLoopback(server, 0);
  await closeServer(server);
  return port;
}
