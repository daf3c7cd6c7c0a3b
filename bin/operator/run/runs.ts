import { Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { notFound } from '../../../functions/domain/errors';
import { runStatusSchema } from '../../../functions/domain/run-status';
import { readRunDetail } from '../../../functions/domain/run/read-detail';
import { type Run } from '../../../functions/domain/run/run';
import { viewRun } from '../../../functions/domain/run/view';
import type { RunCommand } from '../command/run-command';
import { requireTenant } from '../tenant/require-tenant';
import { listPages } from '../terminal/list-pages';
import { readId, readWholeNumber } from '../terminal/read-argument';
import { printTable, printTime } from '../terminal/table';
import { printRun } from './print-run';
import { addRunTail } from './tail-run';

export function addRuns(program: CommandUnknownOpts, runCommand: RunCommand): void {
  const runs = program.command('runs').description('list, show and follow runs');

  runs
    .command('list')
    .description("list a tenant's runs, newest first")
    .argument('<tenant>', 'id of the tenant')
    .option('--workflow <workflow>', 'only runs of this workflow', readId)
    .addOption(new Option('--status <status>', 'only runs with this status').choices(runStatusSchema.options))
    .option('--limit <runs>', 'how many to list at most', readWholeNumber(1, 1000), 25)
    .action(
      runCommand(async (session, tenantId, { workflow, status, limit }) => {
        await requireTenant(session, tenantId);
        const listed = await listPages(limit, async (left, after) => {
          const page = await session.runList.list(tenantId, { workflowId: workflow, status }, left, after);
          return { items: page.runs, next: page.next };
        });
        const head = ['id', 'workflow', 'status', 'steps', 'triggered by', 'created', 'error'];
        const table = printTable(head, listed.items.map(rowOf), 'No runs.');
        return {
          json: { data: listed.items.map(viewRun), has_more: listed.hasMore },
          text: listed.hasMore ? `${table}\n\nThere are more: raise --limit.` : table,
        };
      }),
    );

  runs
    .command('show')
    .description('show a run: its steps and the deliveries of their events')
    .argument('<tenant>', 'id of the tenant')
    .argument('<run>', 'number of the run', readId)
    .action(
      runCommand(async (session, tenantId, runId) => {
        await requireTenant(session, tenantId);
        const row = await session.runs.get(tenantId, runId);
        if (row === undefined) throw notFound('run');
        const view = await readRunDetail(session, tenantId, row);
        return { json: view, text: printRun(view) };
      }),
    );

  addRunTail(runs, runCommand);
}

function rowOf(run: Run) {
  return [
    run.id,
    `${run.workflow_id} ${run.workflow_name}`,
    run.status,
    `${run.steps_succeeded} of ${run.steps_total}`,
    `${run.triggered_by.name} (${run.triggered_by.channel})`,
    printTime(run.created_at),
    run.error?.code,
  ];
}
