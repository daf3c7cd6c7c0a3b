import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { notFound } from '../../../functions/domain/errors';
import { viewWorkflow, type WorkflowView } from '../../../functions/domain/workflow/view';
import type { RunCommand } from '../command/run-command';
import type { Session } from '../command/session';
import { requireTenant } from '../tenant/require-tenant';
import { listPages } from '../terminal/list-pages';
import { readId } from '../terminal/read-argument';
import { printDetails, printTable, printTime } from '../terminal/table';
import { addWorkflowExport } from './export-workflows';
import { addWorkflowImport } from './import-workflows';
import { printInputs } from './print-inputs';
import { printRecipe } from './print-recipe';
import { addWorkflowPut } from './put-workflow';
import { switchWorkflow } from './write-workflow';

/** Each workflow of a page takes a query of its own for its last run, all at once. */
const pageSize = 100;

export function addWorkflows(program: CommandUnknownOpts, runCommand: RunCommand): void {
  const workflows = program
    .command('workflows')
    .description('put, list, show, export, import, activate and deactivate workflows');

  addWorkflowPut(workflows, runCommand);
  addWorkflowExport(workflows, runCommand);
  addWorkflowImport(workflows, runCommand);

  workflows
    .command('list')
    .description("list a tenant's workflows, newest first")
    .argument('<tenant>', 'id of the tenant')
    .action(
      runCommand(async (session, tenantId) => {
        await requireTenant(session, tenantId);
        const views = await listAll(session, tenantId);
        const rows = views.map((view) => [
          view.id,
          view.name,
          view.active,
          view.tool_name,
          view.version,
          view.steps_total,
          `${view.total_delay_seconds} s`,
          view.last_run && `#${view.last_run.id} ${view.last_run.status}`,
        ]);
        const head = ['id', 'name', 'active', 'tool', 'version', 'steps', 'delay', 'last run'];
        return { json: { data: views }, text: printTable(head, rows, `Tenant ${tenantId} has no workflows.`) };
      }),
    );

  workflows
    .command('show')
    .description('show a workflow and its recipe')
    .argument('<tenant>', 'id of the tenant')
    .argument('<workflow>', 'number of the workflow', readId)
    .action(
      runCommand(async (session, tenantId, workflowId) => {
        await requireTenant(session, tenantId);
        const workflow = await session.workflows.get(tenantId, workflowId);
        if (workflow === undefined) throw notFound('workflow');
        const recipe = await session.workflows.recipe(tenantId, workflowId, workflow.version);
        const [lastRun = null] = await session.workflows.lastRuns(tenantId, [workflowId]);
        const view = viewWorkflow(workflow, lastRun);
        return {
          json: { ...view, recipe },
          text: `${printWorkflow(view)}\n\n${printInputs(view.inputs)}${printRecipe(recipe)}`,
        };
      }),
    );

  for (const active of [true, false]) {
    workflows
      .command(active ? 'activate' : 'deactivate')
      .description(active ? 'allow runs of a workflow' : 'refuse new runs of a workflow; runs in progress continue')
      .argument('<tenant>', 'id of the tenant')
      .argument('<workflow>', 'number of the workflow', readId)
      .action(
        runCommand(async (session, tenantId, workflowId) => {
          await requireTenant(session, tenantId);
          // Read before the change: if a read after it failed, the command would fail although the change was made.
          const [lastRun = null] = await session.workflows.lastRuns(tenantId, [workflowId]);
          const seen = await session.workflows.get(tenantId, workflowId);
          if (seen === undefined) throw notFound('workflow');
          const before = await session.workflows.recipe(tenantId, workflowId, seen.version);
          const workflow = await switchWorkflow(session, tenantId, workflowId, active);
          const { version } = workflow;
          // A new version may have come between; its recipe is the one to show.
          const recipe =
            version === seen.version ? before : await session.workflows.recipe(tenantId, workflowId, version);
          const state = active ? 'activated' : 'deactivated';
          const text = `Workflow ${workflowId} of ${tenantId} is ${state}.`;
          return { json: { ...viewWorkflow(workflow, lastRun), recipe }, text };
        }),
      );
  }
}

async function listAll({ workflows }: Session, tenantId: string): Promise<WorkflowView[]> {
  const { items } = await listPages(Infinity, async (_left, after) => {
    const page = await workflows.list(tenantId, pageSize, after);
    const lastRuns = await workflows.lastRuns(
      tenantId,
      page.workflows.map(({ id }) => id),
    );
    return {
      items: page.workflows.map((workflow, index) => viewWorkflow(workflow, lastRuns[index] ?? null)),
      next: page.next,
    };
  });
  return items;
}

function printWorkflow(view: WorkflowView): string {
  return printDetails({
    id: view.id,
    name: view.name,
    description: view.description,
    active: view.active,
    tool: view.tool_name,
    version: view.version,
    'total delay': `${view.total_delay_seconds} s`,
    'last run':
      view.last_run && `#${view.last_run.id} ${view.last_run.status}, ${printTime(view.last_run.created_at) ?? ''}`,
    created: printTime(view.created_at),
    updated: printTime(view.updated_at),
  });
}
