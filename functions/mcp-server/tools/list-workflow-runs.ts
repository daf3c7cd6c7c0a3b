import * as z from 'zod/mini';
import { runStatusSchema } from '../../domain/run-status';
import { runViewSchema, viewRun } from '../../domain/run/view';
import { cursors, pageSchema } from '../../edge/http/page';
import { parseBody } from '../../edge/http/parse-request';
import { idArgument, pageArguments } from './arguments';
import type { McpServerDeps } from '../deps';
import { runRows } from './rows';
import type { Tool } from './tool';

const input = z.object({
  workflow_id: z.optional(idArgument('Only runs of this workflow.')),
  status: z.optional(runStatusSchema.check(z.describe('Only runs that are in this status.'))),
  ...pageArguments,
});
const output = pageSchema(runViewSchema);

export function listWorkflowRuns({ runList }: Pick<McpServerDeps, 'runList'>): Tool {
  return {
    name: 'list_workflow_runs',
    title: 'List workflow runs',
    description:
      'Lists recent runs, newest first, of all workflows or of one, in any status or in one: status, step counts, who ' +
      'triggered it, and the error. For inputs and step output, read one run with get_workflow_run. With a filter a page ' +
      'can be short, even empty, while has_more is true.',
    input,
    output,
    access: 'reads',
    act: async ({ caller, args, tenant }) => {
      const { limit, cursor, ...wanted } = parseBody(input, args);
      const { after, page } = cursors(await tenant(), 'workflow-runs', wanted);
      const filters = { workflowId: wanted.workflow_id, status: wanted.status };
      const { runs, next } = await runList.list(caller.tenantId, filters, limit, after(cursor));
      const result = page(runs.map(viewRun), next);
      return { result, text: runRows(result) };
    },
  };
}
