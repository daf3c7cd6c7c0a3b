import * as z from 'zod/mini';
import { viewWorkflow } from '../../domain/workflow/view';
import { cursors, pageSchema } from '../../edge/http/page';
import { parseBody } from '../../edge/http/parse-request';
import { pageArguments } from './arguments';
import type { McpServerDeps } from '../deps';
import { workflowRows } from './rows';
import { shownWorkflowSchema, showWorkflow } from './shown-workflow';
import type { Tool } from './tool';

const input = z.object(pageArguments);
const output = pageSchema(shownWorkflowSchema);

export function listWorkflows({ workflows }: Pick<McpServerDeps, 'workflows'>): Tool {
  return {
    name: 'list_workflows',
    title: 'List workflows',
    description:
      'Lists the workflows of this tenant, active and inactive, newest first: id, name, description, whether it can be run ' +
      '(active), number of steps, seconds it waits, the JSON Schema of its input, its own tool, and its last run.',
    input,
    output,
    access: 'reads',
    act: async ({ caller, args, tenant }) => {
      const { limit, cursor } = parseBody(input, args);
      const { after, page } = cursors(await tenant(), 'workflows', {});
      const { workflows: found, next } = await workflows.list(caller.tenantId, limit, after(cursor));
      const lastRuns = await workflows.lastRuns(
        caller.tenantId,
        found.map(({ id }) => id),
      );
      const result = page(
        found.map((workflow, index) => showWorkflow(viewWorkflow(workflow, lastRuns[index] ?? null))),
        next,
      );
      return { result, text: workflowRows(result) };
    },
  };
}
