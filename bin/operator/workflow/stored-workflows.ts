import type { Workflow } from '../../../functions/domain/workflow/workflow';
import type { Session } from '../command/session';

const pageSize = 100;

/** A workflow with its current recipe as it is stored. The recipe may break a rule that was made later. */
export interface StoredWorkflow extends Workflow {
  readonly recipe: unknown;
}

/** All workflows of a tenant, oldest first. */
export async function storedWorkflows({ workflows }: Session, tenantId: string): Promise<StoredWorkflow[]> {
  const found: StoredWorkflow[] = [];
  let after: string | undefined;
  do {
    const page = await workflows.list(tenantId, pageSize, after);
    for (const workflow of page.workflows) {
      found.push({ ...workflow, recipe: await workflows.recipe(tenantId, workflow.id, workflow.version) });
    }
    after = page.next;
  } while (after !== undefined);
  return found.reverse();
}
