import { Client as NewClient, StreamableHTTPClientTransport as NewTransport } from '@modelcontextprotocol/client';
import { hasClients, loadClient } from './installed';

/**
 * The part of both generations of the official client that is used here. Both validate results against output schemas.
 */
export interface McpClient {
  listTools(): Promise<{ tools: { name: string }[] }>;
  callTool(call: ToolCall): Promise<any>;
  close(): Promise<void>;
}

interface ToolCall {
  readonly name: string;
  readonly arguments: Record<string, unknown>;
}

/** Calls a tool, and collects the progress of which the client is told. Only the older client names the result's schema. */
export async function callAndWatch(client: McpClient, call: ToolCall): Promise<{ result: any; progress: unknown[] }> {
  const progress: unknown[] = [];
  const options = { onprogress: (one: unknown) => void progress.push(one) };
  const args = client instanceof NewClient ? [call, options] : [call, undefined, options];
  const result: unknown = await Reflect.apply(client.callTool.bind(client), client, args);
  return { result, progress };
}

export type Connect = (url: string, token: string) => Promise<McpClient>;

const identity = { name: 'end-to-end', version: '1.0.0' };
const withToken = (token: string) => ({ requestInit: { headers: { authorization: `Bearer ${token}` } } });

/** The old client only if it is installed. */
export const clients: readonly [what: string, revision: string, connect: Connect][] = [
  [
    'the new client with the new revision',
    '2026-07-28',
    async (url, token) => {
      const client = new NewClient(identity, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
      await client.connect(new NewTransport(new URL(url), withToken(token)));
      return client;
    },
  ],
  [
    'the new client with the old revision',
    '2025-11-25',
    async (url, token) => {
      const client = new NewClient(identity);
      await client.connect(new NewTransport(new URL(url), withToken(token)));
      return client;
    },
  ],
  ...(hasClients ? [oldClient()] : []),
];

function oldClient(): [what: string, revision: string, connect: Connect] {
  const { Client, StreamableHTTPClientTransport } = loadClient();
  return [
    'the old client',
    '2025-11-25',
    async (url, token) => {
      const client = new Client(identity);
      await client.connect(new StreamableHTTPClientTransport(new URL(url), withToken(token)));
      return client;
    },
  ];
}
