import { Agent } from 'node:http';
import * as z from 'zod/mini';
import type { AttackRequest } from '../load/plan';
import { sendRequest } from '../load/send-request';
import type { AbusedStack } from '../stack/start-stack';

/** A tenant of the plan pro, made for one attack. */
export interface Tenant {
  readonly id: string;
  readonly token: string;
  readonly mcpToken: string;
  /** Makes another token of the REST API. @param scopes separated by commas */
  readonly newToken: (scopes: string) => Promise<string>;
  /** Sends one request of the preparation. @throws Error if it is refused */
  readonly send: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** Creates a workflow. @returns its number */
  readonly newWorkflow: (steps: readonly object[]) => Promise<number>;
  /** Starts a run. @returns its number */
  readonly startRun: (workflowId: number, input?: object) => Promise<number>;
  /** Cancels the runs of a workflow, so that nothing goes on after the attack. */
  readonly cancelRuns: (workflowId: number) => Promise<void>;
}

export const allScopes = 'workflows:read,workflows:run,workflows:write,webhooks:read,webhooks:write';

const tokenSchema = z.object({ token: z.string() });
const numberedSchema = z.object({ id: z.int() });
const runsSchema = z.object({ data: z.array(numberedSchema) });
const agent = new Agent({ keepAlive: true });
let made = 0;

export async function newTenant({ connection, operate }: AbusedStack, plan = 'pro'): Promise<Tenant> {
  const id = `abuse-${(made += 1)}`;
  await operate('tenants', 'create', id, '--name', id, '--plan', plan, '--authoring');
  const tokenOf = async (...rest: string[]) =>
    tokenSchema.parse(await operate('tokens', 'create', id, '--name', 'abuse', ...rest)).token;
  const newToken = (scopes: string) => tokenOf('--kind', 'pat', '--scopes', scopes);
  const token = await newToken(allScopes);
  const mcpToken = await tokenOf('--kind', 'mcp');

  async function send(method: string, path: string, body?: unknown): Promise<unknown> {
    const { outcome, body: text } = await sendRequest(connection.api_url, rest(token, method, path, body), agent);
    if (!/^2/.test(outcome)) throw new Error(`${method} ${path} was answered ${outcome}: ${text.slice(0, 300)}`);
    return text === '' ? undefined : JSON.parse(text);
  }
  return {
    id,
    token,
    mcpToken,
    newToken,
    send,
    newWorkflow: async (steps) =>
      numberedSchema.parse(await send('POST', '/api/v1/workflows', { name: 'Abuse', recipe: { steps } })).id,
    startRun: async (workflowId, input = {}) =>
      numberedSchema.parse(await send('POST', `/api/v1/workflows/${workflowId}/runs`, { input })).id,
    async cancelRuns(workflowId) {
      const { data } = runsSchema.parse(await send('GET', `/api/v1/workflow-runs?limit=100&workflow_id=${workflowId}`));
      for (const { id: runId } of data) await send('POST', `/api/v1/workflow-runs/${runId}/cancel`);
    },
  };
}

/** A request of the REST API. A body that is not a text is sent as JSON. */
export function rest(token: string, method: string, path: string, body?: unknown): AttackRequest {
  return {
    method,
    path,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
}

/** A call of a tool of the MCP server. */
export function mcp(token: string, tool: string, args: object): AttackRequest {
  const params = { name: tool, arguments: args };
  const call = rest(token, 'POST', '/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  const accept = 'application/json, text/event-stream';
  return { ...call, headers: { ...call.headers, accept, 'mcp-protocol-version': '2025-11-25' } };
}

/** `count` steps of 30 seconds each: a run that does not end while it is watched. */
export function delays(count = 50): object[] {
  return Array.from({ length: count }, () => ({ type: 'delay', seconds: 30 }));
}

export function logs(count: number, message = 'A line'): object[] {
  return Array.from({ length: count }, () => ({ type: 'log', message }));
}
