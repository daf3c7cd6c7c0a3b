import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isInstalled } from '../is-installed';

/** The folder into which `.ci/install-clients` installed the clients and judges that are no packages of this project. */
const folder = process.env['MCP_CLIENTS'] ?? '$MCP_CLIENTS';

export const python = join(folder, 'python', 'bin', 'python');
/** The Inspector and the conformance suite need Node 22, and this project runs on Node 20. */
export const newerNode = join(folder, 'node_modules', '.bin', 'node');
export const inspector = join(folder, 'node_modules', '.bin', 'mcp-inspector');
export const conformanceSuite = join(
  folder,
  'node_modules',
  '@modelcontextprotocol',
  'conformance',
  'dist',
  'index.js',
);
export const mcpRemote = join(folder, 'node_modules', 'mcp-remote', 'dist', 'proxy.js');

export const hasPythonClient = isInstalled(python, '--version');
/** Whether the clients and judges from npm are there, which are installed together. */
export const hasClients = isInstalled(newerNode, '--version');

if (!hasPythonClient || !hasClients)
  process.stderr.write(
    'Untested without .ci/install-clients: the older official client, the Python client, mcp-remote and the Inspector; ' +
      'and the judgement of the MCP conformance suite. See CONTRIBUTING.md.\n',
  );

/** Loads the older official client, `@modelcontextprotocol/sdk`. */
export function loadOldClient(): { Client: any; StreamableHTTPClientTransport: any } {
  const load = createRequire(join(folder, 'package.json'));
  return {
    ...load('@modelcontextprotocol/sdk/client/index.js'),
    ...load('@modelcontextprotocol/sdk/client/streamableHttp.js'),
  };
}
