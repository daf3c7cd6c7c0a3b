import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder, type DataFolder } from '../../local/data-folder';
import { startOnKeptPort } from '../../local/kept-port';
import { closeServer, listenOnLoopback } from '../../local/listen';

let folder: string;
let data: DataFolder;
const servers: Server[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-port-'));
  data = openDataFolder(folder);
});
afterEach(async () => {
  for (const server of servers.splice(0)) await closeServer(server);
  data.release();
  rmSync(folder, { recursive: true });
});

async function start(port: number, busyAdvice: string): Promise<{ origin: string; server: Server }> {
  const server = createServer();
  const listened = await listenOnLoopback(server, port, busyAdvice);
  servers.push(server);
  return { origin: `http://127.0.0.1:${listened}`, server };
}

test('a server keeps its port after a restart, even if another port is configured', async () => {
  const first = await startOnKeptPort(data, 'sign-in service', 0, start);
  await closeServer(first.server);

  const second = await startOnKeptPort(data, 'sign-in service', 1, start);

  expect(second.origin).toBe(first.origin);
});

test('at the first start, another port is chosen if the default one is taken', async () => {
  const { origin } = await start(0, '');

  const started = await startOnKeptPort(data, 'sign-in service', Number(new URL(origin).port), start);

  expect(started.origin).not.toBe(origin);
});

test('at a later start, a taken port is an error that says what to do, because others have stored the address', async () => {
  const first = await startOnKeptPort(data, 'sign-in service', 0, start);

  await expect(startOnKeptPort(data, 'sign-in service', 0, start)).rejects.toThrow(
    `Another program is using port ${new URL(first.origin).port}. The sign-in service had it before and needs it again. Stop that program, or delete ${folder} to start over.`,
  );
});
