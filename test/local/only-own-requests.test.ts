import { createServer, request, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeServer, listenForPrograms, listenOnLoopback, loopback } from '../../local/listen';
import { startTableEngine } from '../../local/table/start-table-engine';

let server: Server;
beforeEach(() => {
  server = createServer((_request, response) => response.end('served'));
});
afterEach(() => closeServer(server));

function call(port: number, headers: Record<string, string>, method = 'GET') {
  return new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    request({ host: loopback, port, method, headers, agent: false })
      .on('response', (response) => {
        response.resume();
        resolve({ status: response.statusCode, headers: response.headers });
      })
      .on('error', reject)
      .end();
  });
}

it.each([
  ['127.0.0.1', 200],
  ['127.0.0.1:3000', 200],
  ['localhost:3000', 200],
  ['LOCALHOST', 200],
  ['[::1]:3000', 200],
  ['evil.example', 421],
  ['evil.example:3000', 421],
  ['127.0.0.1.evil.example', 421],
  ['localhost.evil.example:3000', 421],
  ['evil.example#localhost', 421],
])('a web page that calls this machine by the host name %s gets %i', async (host, status) => {
  const port = await listenOnLoopback(server, 0);

  expect(await call(port, { host })).toMatchObject({ status });
});

it('a request with an Origin is accepted by the pages of the local run and refused by its engines', async () => {
  const origin = 'http://localhost:5173';

  expect(await call(await listenOnLoopback(server, 0), { origin })).toMatchObject({ status: 200 });

  await closeServer(server);
  const port = await listenForPrograms(server);
  expect(await call(port, { origin })).toMatchObject({ status: 421 });
  expect(await call(port, {})).toMatchObject({ status: 200 });
});

it('no web page is allowed by CORS to read the table', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-table-'));
  const engine = await startTableEngine(folder, () => undefined);
  const asked = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };

  const answer = await call(Number(new URL(engine.endpoint).port), asked, 'OPTIONS');

  expect(answer.status).toBe(421);
  expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  await engine.stop();
  rmSync(folder, { recursive: true });
});
