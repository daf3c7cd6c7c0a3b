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
import type { OfferedTools } from './offered/offered-tools';
import type { Acted, Tool, ToolCall } from './tool';

/**
 * Calls a tool. A refusal is returned as a result, so that a model can read it and act on it; only an unknown tool is a
 * protocol error.
 *
 * @throws ProtocolError -32602 for a tool that does not exist
 */
export async function callTool(
  deps: { readonly log: Log; readonly now: () => Date; readonly offered: Pick<OfferedTools, 'find'> },
  tools: readonly Tool[],
  name: string,
  call: ToolCall,
): Promise<CallToolResult> {
  const fixed = tools.find((one) => one.name === name);
  try {
    if (call.request.refusal !== undefined) throw call.request.refusal;
    const tool = fixed ?? (await deps.offered.find(call.caller.tenantId, name));
    if (tool === undefined) throw unknownTool(tools);
    requireAccess(call.caller, accessTo(tool));
    const args = readArguments(Object.keys(tool.input.shape), call.args, tool.kinds);
    if (tool.plan !== 'start_run') requirePlan((await call.tenant()).plan, call.caller.channel);
    return resultOf(tool, await tool.act({ ...call, args }));
  } catch (thrown) {
    if (thrown instanceof ProtocolError) {
      logRefusal(deps, call.request, { code: 'unknown_tool', operation: 'tools/call' });
      throw thrown;
    }
    const error = asProductError(thrown);
    logRefusal(deps, call.request, { code: error.code, operation: name, error: thrown });
    return refusalOf(error, call.request.requestId);
  }
}

function unknownTool(tools: readonly Tool[]): ProtocolError {
  const known = tools.map((one) => one.name).join(', ');
  const detail = `Unknown tool. The tools are ${known}, and the workflows that tools/list shows now.`;
  return new ProtocolError(ProtocolErrorCode.InvalidParams, detail);
}

/** Sends the result twice: structured, for clients that know output schemas, and as text for those that do not. */
function resultOf(tool: Tool, { result, text }: Acted): CallToolResult {
  const structuredContent = z.parse(tool.output, result);
  if (!isPlainObject(structuredContent)) throw new Error(`${tool.name} gave no object`);
  return { content: [{ type: 'text', text: text ?? JSON.stringify(structuredContent) }], structuredContent };
}
