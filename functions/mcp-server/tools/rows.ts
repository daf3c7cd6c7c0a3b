import type { RunView } from '../../domain/run/view';
import { isPlainObject } from '../../domain/json';
import type { ShownWorkflow } from './shown-workflow';

/** A page of a list, as lists over REST return it too. */
interface Page<T> {
  readonly data: readonly T[];
  readonly has_more: boolean;
  readonly next_cursor: string | null;
}

/**
 * A page as text, one line a row, for models and for clients that know no structured results. Whatever people wrote is in
 * quotation marks and escaped as in JSON, so that it stays on its line and cannot pass for a row.
 *
 * @param noun what a row is, in the singular
 */
function pageText<T>(noun: string, { data, has_more, next_cursor }: Page<T>, rowOf: (row: T) => string[]): string {
  const more = has_more ? `has_more: true, next_cursor: ${next_cursor}` : 'has_more: false';
  const count = `${data.length} ${noun}${data.length === 1 ? '' : 's'}`;
  return [`${count}, newest first; ${more}`, ...data.map((row) => rowOf(row).join(' | '))].join('\n');
}

export function workflowRows(page: Page<ShownWorkflow>): string {
  return pageText('workflow', page, (workflow) => [
    `id ${workflow.id}`,
    JSON.stringify(workflow.name),
    workflow.active ? 'active' : 'inactive',
    `${workflow.steps_total} steps, waits ${workflow.total_delay_seconds} s`,
    lastRunOf(workflow),
    ...(workflow.tool_name === null ? [] : [`tool ${workflow.tool_name}`]),
    ...(declaresInputs(workflow) ? [`input ${JSON.stringify(workflow.input_schema)}`] : []),
    ...(workflow.description === null ? [] : [JSON.stringify(workflow.description)]),
  ]);
}

function lastRunOf({ last_run: run }: ShownWorkflow): string {
  return run === null ? 'never run' : `last run ${run.id} ${run.status} ${run.created_at}`;
}

function declaresInputs({ input_schema: { properties } }: ShownWorkflow): boolean {
  return isPlainObject(properties) && Object.keys(properties).length > 0;
}

export function runRows(page: Page<RunView>): string {
  return pageText('run', page, (run) => [
    `id ${run.id}`,
    run.status,
    `workflow ${run.workflow_id} ${JSON.stringify(run.workflow_name)}`,
    `${run.steps_succeeded} of ${run.steps_total} steps succeeded, ${run.steps_failed} failed`,
    `by ${run.triggered_by.channel} ${JSON.stringify(run.triggered_by.name)}`,
    `created ${run.created_at}`,
    ...(run.finished_at === null ? [] : [`finished ${run.finished_at}`]),
    ...(run.error === null ? [] : [`${run.error.code}${placeOf(run.error)}: ${JSON.stringify(run.error.message)}`]),
  ]);
}

/** Steps count from 0, as in the structured result. */
function placeOf({ step }: { readonly step: number | null }): string {
  return step === null ? '' : ` at step index ${step}`;
}
