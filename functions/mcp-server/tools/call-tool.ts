import { ProtocolError, ProtocolErrorCode, type CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod/mini';
import { isPlainObject } from '../../domain/json';
import { requirePlan } from '../../domain/tenant/plan';
import { asProductError } from '../../edge/http/problem';
import { requireAccess } from '../../edge/http/caller';
import type { Log } from '../../edge/log/log';
import { logRefusal } from '../../edge/log/refusal';
import { accessTo } from './access';
import { readArguments } from './read-arguments';
import { refusalOf } from './refusal';
import type { Acted, Tool, ToolCall } from './tool';

/**
 * Calls a tool. A refusal is returned as a result, so that a model can read it and act on it; only an unknown tool is a
 * protocol error.
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
    if (call.request.refusal !== undefined) throw call.request.refusal;
    requireAccess(call.caller, accessTo(tool));
    const args = readArguments(Object.keys(tool.input.shape), call.args);
    if (tool.plan !== 'start_run') requirePlan((await call.tenant()).plan, call.caller.channel);
    return resultOf(tool, await tool.act({ ...call, args }));
  } catch (thrown) {
    const error = asProductError(thrown);
    logRefusal(deps, call.request, { code: error.code, operation: name, error: thrown });
    return refusalOf(error, call.request.requestId);
  }
}

/** Sends the result twice: structured, for clients that know output schemas, and as text for those that do not. */
function resultOf(tool: Tool, { result, text }: Acted): CallToolResult {
  const structuredContent = z.parse(tool.output, result);
  if (!isPlainObject(structuredContent)) throw new Error(`${tool.name} gave no object`);
  return { content: [{ type: 'text', text: text ?? JSON.stringify(structuredContent) }], structuredContent };
}
