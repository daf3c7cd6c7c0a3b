import { toolPrefix } from '../../../domain/workflow/tool/tool-name';
import type { McpServerDeps } from '../../deps';
import type { Tool } from '../tool';
import { workflowTool } from './workflow-tool';

/** The workflows that a tenant offers as tools. */
export interface OfferedTools {
  /** Those that may run, by name, so that clients which cache the list see the same one. */
  readonly list: (tenantId: string) => Promise<readonly Tool[]>;
  /** One of them, also if it is not active now; undefined if nothing is offered under this name. */
  readonly find: (tenantId: string, name: string) => Promise<Tool | undefined>;
}

export function offeredTools(deps: McpServerDeps): OfferedTools {
  const { toolNames, workflows } = deps;
  return {
    list: async (tenantId) => {
      const holders = Object.entries((await toolNames.read(tenantId)).names);
      const rows = await workflows.some(
        tenantId,
        holders.map(([, { workflow_id }]) => workflow_id),
      );
      return holders
        .flatMap(([name], index) => {
          const workflow = rows[index];
          // The name is taken before the workflow is marked, and freed after it no longer is.
          return workflow?.active === true && workflow.tool_name === name ? [workflowTool(deps, name, workflow)] : [];
        })
        .sort((one, other) => (one.name < other.name ? -1 : 1));
    },
    find: async (tenantId, name) => {
      if (!name.startsWith(toolPrefix)) return undefined;
      const { names } = await toolNames.read(tenantId);
      const holder = Object.hasOwn(names, name) ? names[name] : undefined;
      const workflow = holder && (await workflows.get(tenantId, holder.workflow_id));
      return workflow?.tool_name === name ? workflowTool(deps, name, workflow) : undefined;
    },
  };
}
