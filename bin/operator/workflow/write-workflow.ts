import type { WorkflowWrite } from '../../../functions/aws/workflow/workflows';
import { notFound, ProductError } from '../../../functions/domain/errors';
import { auditIds } from '../../../functions/domain/tenant/audit-ids';
import { changeTool } from '../../../functions/domain/workflow/tool/change-tool';
import { takeToolName } from '../../../functions/domain/workflow/tool/tool-names';
import type { Workflow } from '../../../functions/domain/workflow/workflow';
import type { Session } from '../command/session';
import type { WorkflowFile } from './read-file';

/** If other writers win this often in a row, the command gives up and asks the operator to try again. */
const maxTries = 3;

export async function createWorkflow(
  session: Session,
  tenantId: string,
  { active = true, tool = false, ...file }: WorkflowFile,
): Promise<Workflow> {
  const at = session.now().toISOString();
  const toolName = (id: number) => takeToolName(session, tenantId, { id, name: file.name });
  return session.record(
    tenantId,
    () => session.workflows.create(tenantId, { ...file, active }, at, undefined, tool ? toolName : undefined),
    (workflow) => ({ ...versionOf(workflow), action: 'workflow.created' }),
  );
}

/**
 * Writes the next version. Whether the workflow is active and whether it is a tool stay as they were, unless the file says
 * otherwise.
 *
 * @throws ProductError `not_found`, `tool_name_taken`, `limit_reached`, `unavailable`
 */
export async function replaceWorkflow(
  session: Session,
  tenantId: string,
  id: number,
  file: WorkflowFile,
): Promise<Workflow> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const current = await session.workflows.get(tenantId, id);
    if (current === undefined) throw notFound('workflow');
    const isTool = file.tool ?? current.tool_name !== null;
    const tool = await changeTool(session, tenantId, current, { isTool, name: file.name });
    const write: WorkflowWrite = {
      ...file,
      active: file.active ?? current.active,
      tool_name: tool.toolName,
    };
    const at = session.now().toISOString();
    const workflow = await session.record(
      tenantId,
      () => session.workflows.update(tenantId, current, write, at),
      (updated) => updated && { ...versionOf(updated), action: 'workflow.updated' },
    );
    if (workflow === undefined) continue;
    await tool.finish();
    return workflow;
  }
  throw new ProductError('unavailable', 'Others are changing this workflow at the moment; try again.');
}

/** Activates or deactivates a workflow, without a new version. @throws ProductError `not_found` */
export async function switchWorkflow(
  session: Session,
  tenantId: string,
  id: number,
  active: boolean,
): Promise<Workflow> {
  const deed = { action: active ? 'workflow.activated' : 'workflow.deactivated', target: `workflow ${id}` } as const;
  const workflow = await session.record(
    tenantId,
    () => session.workflows.setMarks(tenantId, id, { active }, session.now().toISOString()),
    (switched) => switched && deed,
  );
  if (workflow === undefined) throw notFound('workflow');
  return workflow;
}

/** What the audit row of a version just written says of it. */
function versionOf({ id, version, updated_at: at }: Workflow) {
  return { id: auditIds.workflowVersion(id, version, at), at, target: `workflow ${id}`, detail: { version } };
}
