import { join } from 'node:path';
import { isInstalled } from '../../is-installed';

/** The folder into which `.ci/install-clients` installed the clients that are no packages of this project. */
const folder = process.env['MCP_CLIENTS'] ?? '$MCP_CLIENTS';

export const python = join(folder, 'python', 'bin', 'python');
export const inspector = join(folder, 'node_modules', '.bin', 'mcp-inspector');
/** The Inspector needs Node 22.19, and this project runs on Node 20. */
export const newerNode = join(folder, 'node_modules', '.bin', 'node');

export const hasPythonClient = isInstalled(python, '--version');
export const hasInspector = isInstalled(newerNode, '--version');
