import type * as z from 'zod/mini';
import { isPlainObject } from '../../functions/domain/json';
import { pageSchema } from '../../functions/edge/http/page';
import { maxLimit } from '../../functions/mcp-server/tools/arguments';
import { shownWorkflowSchema, type ShownWorkflow } from '../../functions/mcp-server/tools/shown-workflow';
import { printTable, printTime } from '../operator/terminal/table';

export const workflowPageSchema = pageSchema(shownWorkflowSchema);
type WorkflowPage = z.infer<typeof workflowPageSchema>;

/** The number of workflows that the server is asked for at once. */
export const pageLimit = maxLimit;
/** A terminal shows no more than this at once. Later pages are listed by their cursor. */
const maxPages = 10;

/**
 * Reads the pages of the tool `list_workflows` one after another.
 *
 * @param from the cursor of the first page; undefined for the newest workflows
 * @returns the pages as one; its `next_cursor` leads to the workflows after the last page that was read
 */
export async function listWorkflows(
  readPage: (cursor: string | undefined) => Promise<WorkflowPage>,
  from: string | undefined,
): Promise<WorkflowPage> {
  let page = await readPage(from);
  const data = [...page.data];
  for (let pages = 1; pages < maxPages && page.next_cursor !== null; pages += 1) {
    page = await readPage(page.next_cursor);
    data.push(...page.data);
  }
  return { ...page, data };
}

export function printWorkflows({ data, next_cursor: cursor }: WorkflowPage): string {
  const table = printTable(
    ['id', 'name', 'active', 'steps', 'waits', 'inputs', 'tool', 'last run'],
    data.map(({ id, name, active, steps_total, total_delay_seconds, input_schema, tool_name, last_run }) => [
      id,
      name,
      active,
      steps_total,
      `${total_delay_seconds} s`,
      namesIn(input_schema),
      tool_name,
      last_run && `#${last_run.id} ${last_run.status}, ${printTime(last_run.created_at) ?? ''}`,
    ]),
    'No workflows.',
  );
  return cursor === null
    ? table
    : `${table}\n\nMore workflows exist. To list them, repeat the command with --cursor ${cursor}`;
}

/** The names of the inputs, those that are required with a star. */
function namesIn({ properties, required }: ShownWorkflow['input_schema']): string | null {
  const names = isPlainObject(properties) ? Object.keys(properties) : [];
  const isRequired = (name: string) => Array.isArray(required) && required.includes(name);
  return names.length === 0 ? null : names.map((name) => (isRequired(name) ? `${name}*` : name)).join(', ');
}
