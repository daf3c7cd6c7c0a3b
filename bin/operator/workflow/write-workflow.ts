import type { WorkflowWrite } from '../../../functions/aws/workflow/workflows';
import { notFound, ProductError } from '../../../functions/domain/errors';
import type { Workflow } from '../../../functions/domain/workflow/workflow';
import type { Session } from '../command/session';
import type { WorkflowFile } from './read-file';

/** If other writers win this often in a row, the command gives up and asks the operator to try again. */
const maxTries = 3;

export async function createWorkflow(
  session: Session,
  tenantId: string,
  { active = true, ...file }: WorkflowFile,
): Promise<Workflow> {
  const workflow = await session.workflows.create(tenantId, { ...file, active }, session.now().toISOString());
  await session.record(tenantId, 'workflow.created', `workflow ${workflow.id}`, { version: workflow.version });
  return workflow;
}

/**
 * Writes the next version. Whether the workflow is active stays as it was, unless the file says otherwise.
 *
 * @throws ProductError `not_found`, `unavailable`
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
    const write: WorkflowWrite = { ...file, active: file.active ?? current.active };
    const workflow = await session.workflows.update(tenantId, current, write, session.now().toISOString());
    if (workflow === undefined) continue;
    await session.record(tenantId, 'workflow.updated', `workflow ${id}`, { version: workflow.version });
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
  const workflow = await session.workflows.setActive(tenantId, id, active, session.now().toISOString());
  if (workflow === undefined) throw notFound('workflow');
  await session.record(tenantId, active ? 'workflow.activated' : 'workflow.deactivated', `workflow ${id}`);
  return workflow;
}
