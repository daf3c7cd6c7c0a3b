import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plan } from '../../functions/domain/tenant/plan';
import { connectionFile, connectionSchema } from '../../local/connection';
import type { Terminal } from '../operator/terminal/terminal';
import { McpProblem } from './mcp-problem';

export interface McpAddress {
  readonly url: string;
  readonly token: string;
}

/** Finds the deployed server that MCP_URL and MCP_TOKEN name, or else the local server and a seeded tenant's token. */
export function findServer(env: Terminal['env'], plan: Plan): McpAddress {
  const { MCP_URL: url, MCP_TOKEN: token } = env;
  if (url !== undefined && token !== undefined) return { url: checkUrl(url), token };
  if (url !== undefined || token !== undefined) throw new McpProblem('Set both MCP_URL and MCP_TOKEN, or neither.');
  return localServer(join(resolve(env['LOCAL_DATA_DIR'] ?? '.local'), connectionFile), plan);
}

function checkUrl(url: string): string {
  if (URL.canParse(url) && /^https?:/.test(url)) return url;
  throw new McpProblem(`MCP_URL is ${JSON.stringify(url)}; it must be an address such as https://…/mcp.`);
}

function localServer(file: string, plan: Plan): McpAddress {
  if (!existsSync(file)) {
    throw new McpProblem(
      `There is no local run: ${file} does not exist. ` +
        'Run `npm start` in another terminal, or set MCP_URL and MCP_TOKEN for a deployed server.',
    );
  }
  const connection = connectionSchema.safeParse(contentOf(file)).data;
  const url = connection?.mcp_url;
  const token = connection?.tenants[plan]?.mcp_token;
  if (url === undefined || url === null || token === undefined) {
    throw new McpProblem(`${file} was written by another version of \`npm start\`. Run \`npm start\` again.`);
  }
  return { url, token };
}

/** Returns undefined if the file does not contain JSON. */
function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
