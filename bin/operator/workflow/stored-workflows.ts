import type { Workflow } from '../../../functions/domain/workflow/workflow';
import type { Session } from '../command/session';

/** A workflow with its current recipe as it is stored. The recipe may break a rule that was made later. */
export interface StoredWorkflow extends Workflow {
  readonly recipe: unknown;
}

/** All workflows of a tenant, oldest first. */
export async function storedWorkflows({ workflows }: Session, tenantId: string): Promise<StoredWorkflow[]> {
  const found: StoredWorkflow[] = [];
  for (const workflow of await workflows.all(tenantId)) {
    found.push({ ...workflow, recipe: await workflows.recipe(tenantId, workflow.id, workflow.version) });
  }
  return found.reverse();
}
