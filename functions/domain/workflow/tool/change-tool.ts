import type { Workflow } from '../workflow';
import { freeToolName, heldToolName, takeToolName, type ToolNameDeps } from './tool-names';

/** The name that a workflow is to be marked with, and what is left to do once it is. */
export interface ToolChange {
  readonly toolName: string | null;
  /** Frees the name of a workflow that is no longer a tool. It is called after the workflow was written, not before. */
  readonly finish: () => Promise<void>;
}

/**
 * Prepares the write of a workflow that is or is not to be a tool. A tool keeps its name. The write that follows must be
 * refused if somebody changed the workflow since it was `seen`, because the name was taken for it as it was then.
 *
 * @throws ProductError `tool_name_taken`, `limit_reached`, `unavailable`
 */
export async function changeTool(
  deps: ToolNameDeps,
  tenantId: string,
  seen: Workflow,
  { isTool, name }: { readonly isTool: boolean; readonly name: string },
): Promise<ToolChange> {
  const { id, tool_name: own } = seen;
  if (isTool) return { toolName: own ?? (await takeToolName(deps, tenantId, { id, name })), finish: nothing };
  const held = own === null ? undefined : await heldToolName(deps, tenantId, id);
  return { toolName: null, finish: held === undefined ? nothing : () => freeToolName(deps, tenantId, held) };
}

const nothing = () => Promise.resolve();
