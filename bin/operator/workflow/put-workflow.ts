import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { viewWorkflow } from '../../../functions/domain/workflow/view';
import { warningsOf } from '../../../functions/domain/workflow/warnings';
import type { RunCommand } from '../command/run-command';
import { requireTenant } from '../tenant/require-tenant';
import { readId } from '../terminal/read-argument';
import { readWorkflowFile } from './read-file';
import { createWorkflow, replaceWorkflow } from './write-workflow';

export function addWorkflowPut(workflows: CommandUnknownOpts, runCommand: RunCommand): void {
  workflows
    .command('put')
    .description('create a workflow from a file, or write the next version of one')
    .argument('<tenant>', 'id of the tenant')
    .argument('<file>', 'JSON file {name, description?, active?, tool?, recipe}; - reads standard input')
    .option('--id <workflow>', 'number of the workflow to replace; without it, a new one is created', readId)
    .addHelpText('after', fileNotes)
    .action(
      runCommand(async (session, tenantId, path, { id }) => {
        await requireTenant(session, tenantId);
        const file = await readWorkflowFile(path, session.terminal);
        // Read before the change: if a read after it failed, the command would fail, and its repetition would change more.
        const [lastRun = null] = id === undefined ? [] : await session.workflows.lastRuns(tenantId, [id]);
        const workflow =
          id === undefined
            ? await createWorkflow(session, tenantId, file)
            : await replaceWorkflow(session, tenantId, id, file);
        const warnings = warningsOf(file.recipe, ['recipe']);
        for (const { pointer, detail } of warnings) session.warn(`${pointer}  ${detail}`);
        const { steps_total: steps, total_delay_seconds: delay, version } = workflow;
        return {
          json: { ...viewWorkflow(workflow, lastRun), recipe: file.recipe, warnings },
          text: `Workflow ${workflow.id} of ${tenantId} is at version ${version}: ${steps} steps, ${delay} s of delay${workflow.active ? '' : ', not active'}.`,
        };
      }),
    );
}

const fileNotes = `
The whole file is checked before anything is written; every fault is listed with its JSON pointer.
Placeholders that are never filled in are warnings, and the workflow is written all the same.
The recipe may declare what a run's input holds, so that a wrong one is refused before the run is counted:
  "inputs": {"campaign": {"type": "string", "description": "What is promoted", "required": true}}
  type is string, number, integer, boolean, object or array; default, enum, min, max and example may follow.
With "tool": true agents are offered the workflow as a tool of its own, named after it.
Runs already accepted keep the version they started with.

Example:
  echo '{"name": "Spring Promo", "recipe": {"steps": [{"type": "log", "message": "Hello"}]}}' \\
    | npm run operator -- workflows put acme -`;
