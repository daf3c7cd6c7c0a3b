import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { productVersion } from '../../functions/contract/version';
import { startMcp } from '../mcp-server/mcp';

const read = (file: string) => readFileSync(join(__dirname, '../..', file), 'utf8');

test('everything that names the version names the same one', async () => {
  const mcp = await startMcp();
  const { token } = await mcp.aCaller();
  const lock = JSON.parse(read('package-lock.json'));
  const client = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'jest', version: '1' } };
  const initialized = await mcp.request('2025-11-25', token, 'initialize', client);
  const discovered = await mcp.request('2026-07-28', token, 'server/discover');
  await mcp.stop();

  expect({
    'the lock file': lock.version,
    'its package': lock.packages[''].version,
    'the code': productVersion,
    'server.json': JSON.parse(read('server.json')).version,
    'the MCP server, asked to initialize': initialized.body.result.serverInfo.version,
    'the MCP server, discovered': discovered.body.result._meta['io.modelcontextprotocol/serverInfo'].version,
    'openapi.json': mcp.rest.document.info.version,
  }).toEqual(namedBy(JSON.parse(read('package.json')).version));
});

function namedBy(version: string): Record<string, string> {
  const places = ['the lock file', 'its package', 'the code', 'server.json', 'openapi.json'];
  const server = ['the MCP server, asked to initialize', 'the MCP server, discovered'];
  return Object.fromEntries([...places, ...server].map((place) => [place, version]));
}

test('the newest release of the changelog is this version', () => {
  const releases = [...read('CHANGELOG.md').matchAll(/^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}$/gm)];

  expect(releases.map(([, release]) => release)[0]).toBe(productVersion);
});
