import * as z from 'zod/mini';
import { notFound } from '../../domain/errors';
import { readRunDetail } from '../../domain/run/read-detail';
import { runDetailViewSchema } from '../../domain/run/view';
import { parseBody } from '../../edge/http/parse-request';
import { idArgument } from './arguments';
import type { McpServerDeps } from '../deps';
import type { Tool } from './tool';

const input = z.object({ run_id: idArgument('As trigger_workflow or list_workflow_runs gave it.') });

export function getWorkflowRun(deps: Pick<McpServerDeps, 'runs' | 'workflows' | 'deliveries' | 'now'>): Tool {
  return {
    name: 'get_workflow_run',
    title: 'Get a workflow run',
    description:
      'Reads one run: status, input, every step with its output, the webhook deliveries it caused, and any error. A run ' +
      'has ended when its status is succeeded, failed or cancelled.',
    input,
    output: runDetailViewSchema,
    access: 'reads',
    act: async ({ caller, args }) => {
      const { run_id: runId } = parseBody(input, args);
      const run = await deps.runs.get(caller.tenantId, runId);
      if (run === undefined) throw notFound('run');
      return { result: await readRunDetail(deps, caller.tenantId, run) };
    },
  };
}
