import * as z from 'zod/mini';
import type { McpServerDeps } from '../deps';
import { idArgument, judgedLater } from './arguments';
import { startArguments, startByTool, startedOutput } from './start-by-tool';
import type { Tool } from './tool';

const workflowIdArgument = idArgument('As list_workflows gave it. The workflow must be active.');

const input = z.object({
  workflow_id: workflowIdArgument,
  input: judgedLater({
    type: 'object',
    description:
      'Its input, as its input_schema says: a JSON object of at most 32 KB. Send numbers of more than 15 digits as strings.',
  }),
  ...startArguments,
});

/** Ids start at 1, so this one is never found; the faulty argument is refused before any look-up. */
const noSuchId = 0;

export function triggerWorkflow(deps: McpServerDeps): Tool {
  return {
    name: 'trigger_workflow',
    title: 'Run a workflow',
    description:
      'Starts a new run of an active workflow and returns its run_id at once; the run goes on in the background. Counts ' +
      'against the daily run cap. With wait_seconds the answer waits for the end of a short run and holds its steps; ' +
      'if it has not ended by then, read it later with get_workflow_run and do not trigger it again. ' +
      'Send an idempotency_key whenever the call might be repeated.',
    input,
    output: startedOutput,
    access: 'starts_runs',
    plan: 'start_run',
    act: (call) =>
      startByTool(deps, call, {
        workflowId: z.safeParse(workflowIdArgument, call.args['workflow_id']).data ?? noSuchId,
        input: call.args['input'],
        inputAt: ['input'],
        schema: input,
      }),
  };
}
