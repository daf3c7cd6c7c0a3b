import { ProtocolError, ProtocolErrorCode, type CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod/mini';
import type { ProductError } from '../domain/errors';
import { isPlainObject } from '../domain/json';
import { requirePlan } from '../domain/tenant/plan';
import { asProductError, problems } from '../edge/http/problem';
import type { Log } from '../edge/log/log';
import { logRefusal } from '../edge/log/refusal';
import type { Tool, ToolCall } from './tool';

/**
 * Performs a tool. Refusals are results that a model can read and act on; only an unknown tool is an error of the protocol.
 *
 * @throws ProtocolError -32602 for a tool that does not exist
 */
export async function callTool(
  deps: { readonly log: Log; readonly now: () => Date },
  tools: readonly Tool[],
  name: string,
  call: ToolCall,
): Promise<CallToolResult> {
  const tool = tools.find((one) => one.name === name);
  if (tool === undefined) {
    logRefusal(deps, call.request, { code: 'unknown_tool', operation: 'tools/call' });
    const known = tools.map((one) => one.name).join(', ');
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool. The tools are ${known}.`);
  }
  try {
    if (tool.plan !== 'start_run') requirePlan((await call.tenant()).plan, call.caller.channel);
    return resultOf(tool, await tool.act(call));
  } catch (thrown) {
    const error = asProductError(thrown);
    logRefusal(deps, call.request, { code: error.code, operation: name, error: thrown });
    return refusalOf(error, call.request.requestId);
  }
}

/** The result twice: for clients that know output schemas, and the same JSON as text for those that do not. */
function resultOf(tool: Tool, value: unknown): CallToolResult {
  const structuredContent = z.parse(tool.output, value);
  if (!isPlainObject(structuredContent)) throw new Error(`${tool.name} gave no object`);
  return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
}

/** First line: the title, the same as in a REST problem. Then the code and what to do; then each fault, if there are more. */
function refusalOf(error: ProductError, requestId: string): CallToolResult {
  const lines = [
    problems[error.code].title,
    `${error.code}: ${error.message}`,
    ...(error.faults.length > 1 ? error.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`) : []),
    ...(error.code === 'internal' ? [`request_id: ${requestId}`] : []),
  ];
  return { isError: true, content: [{ type: 'text', text: lines.join('\n') }] };
}
