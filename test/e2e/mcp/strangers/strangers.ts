import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import * as current from '@modelcontextprotocol/client';
import { goClient, hasClients, hasGoClient, hasPythonClient, loadClient, oldPython, python } from '../installed';

export interface WantedCall {
  readonly name: string;
  readonly arguments: Record<string, unknown>;
}

/** What a client made of the server: its tools and the results of the calls, or why it could not connect. */
export interface Visit {
  readonly tools?: readonly string[];
  readonly results?: readonly { readonly isError: boolean; readonly text: string; readonly structured?: any }[];
  readonly refused?: string;
}

type Visitor = (url: string, token: string, calls: readonly WantedCall[]) => Promise<Visit>;

/**
 * Clients of others: first those that were made before revision 2025-06-18, then today's. Those before 2025-06-18 know no
 * structured results and read the text only.
 */
export const strangers: readonly (readonly [what: string, visit: Visitor])[] = [
  ...(hasClients
    ? ([
        ['the official TypeScript client 1.10, which knows 2025-03-26', typescript(loadClient('sdk-1.10'))],
        ['the official TypeScript client 1.11, which knows 2025-03-26', typescript(loadClient('sdk-1.11'))],
        ['the official TypeScript client 1', typescript(loadClient('@modelcontextprotocol/sdk'))],
      ] as const)
    : []),
  ['the official TypeScript client 2', typescript(current)],
  ...(hasPythonClient
    ? ([
        ['the official Python client 1.9, which knows 2025-03-26', program(oldPython, programOf('visit.py'), 'sdk-1')],
        ['the official Python client 2', program(python, programOf('visit.py'), 'sdk-2')],
        ['FastMCP', program(python, programOf('visit.py'), 'fastmcp')],
      ] as const)
    : []),
  ...(hasGoClient ? ([['the official Go client', program(goClient)]] as const) : []),
];

function typescript({
  Client,
  StreamableHTTPClientTransport,
}: {
  Client: any;
  StreamableHTTPClientTransport: any;
}): Visitor {
  return async (url, token, calls) => {
    const client = new Client({ name: 'stranger', version: '1' });
    const requestInit = { headers: { authorization: `Bearer ${token}` } };
    try {
      await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
      const { tools } = await client.listTools();
      const results = [];
      for (const call of calls) {
        const { isError = false, content, structuredContent } = await client.callTool(call);
        results.push({ isError, text: content[0].text, structured: structuredContent });
      }
      return { tools: tools.map(({ name }: { name: string }) => name), results };
    } catch (error) {
      return { refused: String(error) };
    } finally {
      await client.close();
    }
  };
}

function program(file: string, ...args: readonly string[]): Visitor {
  return async (url, token, calls) => {
    const child = spawn(file, [...args, url, token, JSON.stringify(calls)], { stdio: ['ignore', 'pipe', 'inherit'] });
    return (await json(child.stdout)) as Visit;
  };
}

function programOf(name: string): string {
  return join(__dirname, 'programs', name);
}
