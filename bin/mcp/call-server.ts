import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type * as z from 'zod/mini';
import { productVersion } from '../../functions/contract/version';
import type { McpAddress } from './find-server';
import { McpProblem } from './mcp-problem';

/**
 * Calls one tool with the official MCP client, which negotiates the protocol's revision with the server.
 *
 * @throws McpProblem with the server's message if the tool returns an error
 */
export async function callServer<S extends z.ZodMiniType>(
  { url, token }: McpAddress,
  name: string,
  args: Record<string, unknown>,
  result: S,
): Promise<z.output<S>> {
  const client = new Client(
    { name: 'coffield-workflows-cli', version: productVersion },
    { versionNegotiation: { mode: 'auto' } },
  );
  try {
    await client.connect(
      new StreamableHTTPClientTransport(new URL(url), {
        requestInit: { headers: { authorization: `Bearer ${token}` } },
      }),
    );
    const { isError, content, structuredContent } = await client.callTool({ name, arguments: args });
    if (isError === true)
      throw new McpProblem(content.map((part) => (part.type === 'text' ? part.text : '')).join('\n'));
    return result.parse(structuredContent);
  } catch (error) {
    throw explain(error, url);
  } finally {
    await client.close().catch(() => undefined);
  }
}

function explain(error: unknown, url: string): unknown {
  if (!(error instanceof Error) || error instanceof McpProblem) return error;
  const text = `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}`;
  if (/\b401\b|unauthori[sz]ed|valid access token/i.test(text)) {
    return new McpProblem(
      `${url} does not accept the token. The token must begin with cwf_mcp_ and be neither revoked nor expired.`,
    );
  }
  if (/ECONNREFUSED|ENOTFOUND|fetch failed/i.test(text)) {
    return new McpProblem(`No server answers at ${url}. Start one with \`npm start\` in another terminal.`);
  }
  return error;
}
