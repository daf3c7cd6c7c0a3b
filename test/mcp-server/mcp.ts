import type { Context } from 'aws-lambda';
import { mcpServer } from '../../functions/mcp-server/mcp-server';
import { anEvent, type Call } from '../support/http-calls';
import { as } from '../support/permitted-writes';
import { startRest } from '../support/rest';

/** Supported revisions of the protocol: the newest one is stateless, the others begin with `initialize`. */
export const revisions = ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const;
export type Revision = (typeof revisions)[number];

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** Parsed JSON; undefined if empty. */
  readonly body: any;
}

export type Mcp = Awaited<ReturnType<typeof startMcp>>;

/** Starts the MCP server and the REST API as they are deployed, on the same in-memory table. */
export async function startMcp(over?: Parameters<typeof startRest>[0]) {
  const rest = await startRest(over);
  const serve = mcpServer({
    ...rest.deps,
    ownHosts: ['workflows.acme.example'],
    origin: 'https://workflows.acme.example',
  });

  const sendRaw = (event: unknown) => as('mcp-server', () => serve(event, {} as Context));
  const send = async (method: string, call: Call): Promise<Answer> => {
    const reply = await sendRaw(anEvent(method, '/mcp', call));
    const headers = Object.entries(reply.headers ?? {}).map(([name, value]) => [name, String(value)]);
    return {
      status: reply.statusCode ?? 0,
      headers: Object.fromEntries(headers),
      body: reply.body === undefined ? undefined : JSON.parse(reply.body),
    };
  };
  const request = (revision: Revision, token: string, method: string, params: object = {}) =>
    send('POST', { token, ...aMessage(revision, method, params) });

  return {
    rest,
    /** The gateway's event in, the function's answer out. */
    sendRaw,
    send,
    /** Sends one JSON-RPC request as a client of that revision does. */
    request,
    /** Calls a tool. @returns its result */
    async tool(token: string, name: string, args: object = {}, revision: Revision = '2026-07-28'): Promise<any> {
      const { status, body } = await request(revision, token, 'tools/call', { name, arguments: args });
      if (status !== 200 || body.result === undefined) throw new Error(`${status} ${JSON.stringify(body)}`);
      return body.result;
    },
    /** Calls a tool. @returns its structured content, or the text of its refusal */
    async callTool(token: string, name: string, args: object = {}): Promise<any> {
      const result = await this.tool(token, name, args);
      return result.isError ? result.content[0].text : result.structuredContent;
    },
    aTenant: rest.aTenant.bind(rest),
    /** Creates a tenant with an MCP token. */
    async aCaller(overrides: Parameters<typeof rest.aTenant>[0] = {}) {
      const { id, token: restToken } = await rest.aTenant(overrides);
      return { id, restToken, token: await rest.aToken(id, { kind: 'mcp', name: 'Claude', scopes: ['mcp'] }) };
    },
    stop: rest.stop,
  };
}

/** Body and headers of a request. Before 2026-07-28, only the version is repeated in the headers. */
export function aMessage(revision: Revision, method: string, params: Record<string, any> = {}, id: number | null = 7) {
  const modern = revision === '2026-07-28';
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientInfo': { name: 'jest', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  return {
    body: {
      jsonrpc: '2.0',
      ...(id !== null && { id }),
      method,
      params: { ...params, ...(modern && { _meta }) },
    },
    headers: {
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': revision,
      ...(modern && { 'mcp-method': method, ...('name' in params && { 'mcp-name': params['name'] }) }),
    },
  };
}
