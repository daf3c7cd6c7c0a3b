import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { inspector, newerNode } from '../../mcp/installed';
import { noBrowser, printedAddress } from './no-browser';

/** Calls a tool with the command line of the MCP Inspector, which keeps its tokens in a folder. */
export function inspect(
  url: string,
  folder: string,
  { tool, args, options = [] }: { tool: string; args: Record<string, unknown>; options?: readonly string[] },
) {
  const call = ['--method', 'tools/call', '--tool-name', tool, '--tool-args-json', JSON.stringify(args)];
  const child = spawn(
    newerNode,
    [inspector, '--cli', url, '--transport', 'http', '--format', 'json', ...call, ...options],
    {
      env: {
        ...noBrowser(folder),
        // Without it, a program that is not used in a terminal does not let anybody sign in.
        MCP_AUTO_OPEN_ENABLED: 'true',
        MCP_INSPECTOR_SECRET_STORE: 'file',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
    },
  );
  return {
    opened: () => printedAddress(child.stderr),
    structuredContent: async (): Promise<any> => JSON.parse(await text(child.stdout)).result.structuredContent,
  };
}
