import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { mcpRemote } from '../../mcp/installed';
import { noBrowser, printedAddress } from './no-browser';

/**
 * `mcp-remote`, by which clients that only start local programs reach a server on the network. It keeps its state in a folder.
 */
export function openBridge(url: string, folder: string) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [mcpRemote, url],
    env: { ...noBrowser(folder), MCP_REMOTE_CONFIG_DIR: folder },
    stderr: 'pipe',
  });
  const client = new Client({ name: 'behind-the-bridge', version: '1' });
  return {
    client,
    connected: client.connect(transport),
    opened: () => printedAddress(transport.stderr as Readable, /callback server running/),
  };
}

/** Replaces the access token that it keeps by one that is refused, as one is an hour later. */
export function spoilAccessToken(folder: string): void {
  const file = tokensFile(folder);
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), access_token: 'of-yesterday' }));
}

export function keptAccessToken(folder: string): string {
  return JSON.parse(readFileSync(tokensFile(folder), 'utf8')).access_token;
}

function tokensFile(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return join(
    folder,
    files.find((name) => name.endsWith('_tokens.json'))!,
  );
}
