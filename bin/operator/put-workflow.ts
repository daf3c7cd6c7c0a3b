import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { WorkflowWrite } from '../../functions/aws/workflows';
import { notFound, ProductError } from '../../functions/domain/errors';
import { viewWorkflow } from '../../functions/domain/workflow-view';
import type { Workflow } from '../../functions/domain/workflow';
import type { Perform } from './perform';
import { readId } from './read-argument';
import { readWorkflowFile, type WorkflowFile } from './read-workflow-file';
import { requireTenant } from './require-tenant';
import type { Session } from './session';

/** An author who keeps losing to others is told to try again. */
const maxTries = 3;

export function addWorkflowPut(workflows: CommandUnknownOpts, perform: Perform): void {
  workflows
    .command('put')
    .description('create a workflow from a file, or write the next version of one')
    .argument('<tenant>', 'its id')
    .argument('<file>', 'JSON {name, description?, active?, recipe}; - reads standard input')
    .option('--id <workflow>', 'of the workflow to replace; without it a new one is created', readId)
    .addHelpText('after', fileNotes)
    .action(
      perform(async (session, tenantId, path, { id }) => {
        await requireTenant(session, tenantId);
        const file = await readWorkflowFile(path, session.terminal);
        const workflow =
          id === undefined ? await create(session, tenantId, file) : await replace(session, tenantId, id, file);
        const { steps_total: steps, total_delay_seconds: delay, version } = workflow;
        const [lastRun = null] = await session.workflows.lastRuns(tenantId, [workflow.id]);
        return {
          json: { ...viewWorkflow(workflow, lastRun), recipe: file.recipe },
          text: `Workflow ${workflow.id} of ${tenantId} is at version ${version}: ${steps} steps, ${delay} s of delay${workflow.active ? '' : ', not active'}.`,
        };
      }),
    );
}

async function create(session: Session, tenantId: string, { active = true, ...file }: WorkflowFile): Promise<Workflow> {
  const workflow = await session.workflows.create(tenantId, { ...file, active }, session.now().toISOString());
  await session.record(tenantId, 'workflow.created', `workflow ${workflow.id}`, { version: workflow.version });
  return workflow;
}

async function replace(session: Session, tenantId: string, id: number, file: WorkflowFile): Promise<Workflow> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const seen = await session.workflows.get(tenantId, id);
    if (seen === undefined) throw notFound('workflow');
    const write: WorkflowWrite = { ...file, active: file.active ?? seen.active };
    const workflow = await session.workflows.update(tenantId, seen, write, session.now().toISOString());
    if (workflow === undefined) continue;
    await session.record(tenantId, 'workflow.updated', `workflow ${id}`, { version: workflow.version });
    return workflow;
  }
  throw new ProductError('unavailable', 'Others are changing this workflow at the moment; try again.');
}

const fileNotes = `
The file is checked whole before anything is written; every fault is listed with its place.
Runs already accepted keep the version they started with.

Example:
  echo '{"name": "Spring Promo", "recipe": {"steps": [{"type": "log", "message": "Hello"}]}}' \\
    | npm run operator -- workflows put acme -`;
