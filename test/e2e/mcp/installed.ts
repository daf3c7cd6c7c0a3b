import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isInstalled } from '../is-installed';

/** The folder into which `.ci/install-clients` installed the clients and judges that are no packages of this project. */
const folder = process.env['MCP_CLIENTS'] ?? '$MCP_CLIENTS';

export const python = join(folder, 'python', 'bin', 'python');
export const oldPython = join(folder, 'python-1.9', 'bin', 'python');
export const goClient = join(folder, 'go', 'visit');
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

export const hasPythonClient = [python, oldPython].every((one) => isInstalled(one, '--version'));
// It has no option that only prints something: without an address it says that it cannot connect, and ends well.
export const hasGoClient = isInstalled(goClient, '', '', '[]');
/** Whether the clients and judges from npm are there, which are installed together. */
export const hasClients = isInstalled(newerNode, '--version');

if (!hasPythonClient || !hasClients || !hasGoClient)
  process.stderr.write(
    'Untested without .ci/install-clients: the older official clients, the Python and Go clients, FastMCP, mcp-remote and ' +
      'the Inspector; and the judgement of the MCP conformance suite. See CONTRIBUTING.md.\n',
  );

/** Loads the older official client, `@modelcontextprotocol/sdk`, or one of its earlier releases by the name of its folder. */
export function loadClient(name = '@modelcontextprotocol/sdk'): { Client: any; StreamableHTTPClientTransport: any } {
  const load = createRequire(join(folder, 'package.json'));
  return { ...load(`${name}/client/index.js`), ...load(`${name}/client/streamableHttp.js`) };
}
