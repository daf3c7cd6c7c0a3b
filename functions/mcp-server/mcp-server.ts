import { isPlainObject } from '../domain/json';
import { requestRate } from '../edge/access/request-rate';
import { tenantReader } from '../edge/access/tenant-reader';
import { hasAccess, type Caller } from '../edge/http/caller';
import type { HttpReply, HttpRequest } from '../edge/http/request';
import { logRefusal } from '../edge/log/refusal';
import { accessTo } from './tools/access';
import { callTool } from './tools/call-tool';
import type { McpServerDeps } from './deps';
import { offeredTools } from './tools/offered/offered-tools';
import { toolDescriptions } from './tools/describe-tools';
import { mcpDoor } from './mcp-door';
import { progressOf } from './tools/progress';
import { serveMcp } from './serve-mcp';
import { workflowTools } from './tools/all-tools';

/** Everything behind `/mcp`: the door, the protocol and the tools. */
export function mcpServer(deps: McpServerDeps) {
  const tools = workflowTools(deps);
  const offered = offeredTools(deps);
  const describe = toolDescriptions();
  const tenantOf = tenantReader(deps);

  const serve = async (request: HttpRequest): Promise<HttpReply> => {
    const { caller, refusal } = request;
    if (caller === undefined) throw new Error('The MCP server was reached without a caller');
    if (refusal !== undefined && !isToolCall(request.body)) throw refusal;
    const progress = progressOf(request);
    const reply = await serveMcp(request, {
      // A token for reading is not shown what it cannot call.
      listTools: async () => {
        const shown = [...tools, ...(mayStartRuns(caller) ? await offered.list(caller.tenantId) : [])];
        return describe(shown.filter((tool) => hasAccess(caller, accessTo(tool))));
      },
      callTool: (name, args) =>
        callTool({ ...deps, offered }, tools, name, {
          request,
          caller,
          args,
          progress,
          tenant: () => tenantOf(caller.tenantId),
        }),
    });
    // Refusals by the protocol itself: of versions, headers, methods and message shapes.
    if (reply.status >= 400) logRefusal(deps, request, { code: `http_${reply.status}`, operation: 'mcp' });
    const retryAfter = refusal?.retryAfterSeconds;
    const told = progress?.tell(reply) ?? reply;
    return retryAfter === undefined
      ? told
      : { ...told, headers: { ...told.headers, 'retry-after': String(retryAfter) } };
  };
  return mcpDoor(deps, requestRate(deps, tenantOf), serve);
}

function mayStartRuns(caller: Caller): boolean {
  return hasAccess(caller, accessTo({ access: 'starts_runs' }));
}

function isToolCall(message: unknown): boolean {
  return isPlainObject(message) && message['method'] === 'tools/call';
}
