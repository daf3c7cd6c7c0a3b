import * as z from 'zod/mini';
import { maxKeyCharacters, readKeyArgument, type ReadKey } from '../../domain/idempotency';
import { jsonObjectSchema } from '../../domain/json';
import { previewRun, runPreviewSchema } from '../../domain/run/preview-run';
import { readRunDetail } from '../../domain/run/read-detail';
import { startRun } from '../../domain/run/start-run';
import type { StartedRun } from '../../domain/run/start-run-signature';
import { runDetailViewSchema, viewRun } from '../../domain/run/view';
import { maxWaitSeconds, waitForRun } from '../../domain/run/wait-for-run';
import { limitOf } from '../../domain/tenant/limits';
import { bodyFaults } from '../../edge/http/parse-request';
import { errorFields } from '../../edge/log/log';
import { logAccepted } from '../../edge/log/run';
import { idArgument, judgedLater } from './arguments';
import type { McpServerDeps } from '../deps';
import type { Tool, ToolCall } from './tool';

const workflowIdArgument = idArgument('As list_workflows gave it. The workflow must be active.');

const input = z.object({
  workflow_id: workflowIdArgument,
  input: judgedLater({
    type: 'object',
    description:
      'Values for {{input.…}} in the recipe: a JSON object of at most 32 KB. Values keep their type where the recipe has ' +
      '{{input.… | json}}. Send numbers of more than 15 digits as strings.',
  }),
  idempotency_key: judgedLater({
    type: 'string',
    maxLength: maxKeyCharacters,
    description: 'Any text of your own. Repeating the same call with the same key within 24 hours starts nothing new.',
  }),
  dry_run: z._default(
    z.boolean().check(z.describe('true: start nothing and count nothing, only say what a run would do.')),
    false,
  ),
  wait_seconds: z._default(
    z
      .int()
      .check(
        z.minimum(0),
        z.maximum(maxWaitSeconds),
        z.describe('Hold the answer until the run ends or this many seconds are over.'),
      ),
    0,
  ),
});

const output = z.object({
  /** Null in a dry run. */
  run_id: z.nullable(z.int()),
  /** True when an earlier call with this idempotency_key started the run. */
  replayed: z.boolean(),
  /** Holds the steps if the call waited for the run. */
  run: z.nullable(
    z.extend(z.omit(runDetailViewSchema, { steps: true }), { steps: z.optional(runDetailViewSchema.shape.steps) }),
  ),
  /** Present in a dry run only. */
  preview: z.optional(runPreviewSchema),
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
    output,
    access: 'starts_runs',
    plan: 'start_run',
    act: async (call) => {
      const { caller, args, request } = call;
      const { key, faults: keyFaults } = keyOf(args['idempotency_key']);
      const faults = [...bodyFaults(input, args), ...keyFaults];
      const common = { tenantId: caller.tenantId, channel: caller.channel, faults };
      const workflowId = z.safeParse(workflowIdArgument, args['workflow_id']).data ?? noSuchId;
      if (args['dry_run'] === true) {
        const preview = await previewRun(deps, { ...common, workflowId, input: args['input'] });
        return { result: { run_id: null, replayed: false, run: null, preview } };
      }
      const started = await startRun(deps, {
        ...common,
        actorName: caller.name,
        requestId: request.requestId,
        traceparent: request.traceparent,
        idempotencyKey: key,
        start: { operation: 'trigger', workflowId, input: args['input'] },
      });
      logAccepted(deps, request, started);
      // A repetition does not wait: it costs no run, so nothing else would bound how many of them wait.
      const waitSeconds = started.replayed ? 0 : (z.safeParse(input, args).data?.wait_seconds ?? 0);
      const run = await runOf(deps, call, started, waitSeconds);
      return { result: { run_id: run.id, replayed: started.replayed, run } };
    },
  };
}

/**
 * Once the run is accepted, a failed read must not fail the call: an error would make the caller trigger another run.
 */
async function runOf(deps: McpServerDeps, call: ToolCall, { run, input: given }: StartedRun, waitSeconds: number) {
  const { tenantId } = call.caller;
  const accepted = { ...viewRun(run), input: jsonObjectSchema.parse(JSON.parse(given)) };
  if (waitSeconds === 0) return accepted;
  try {
    const places = async () => limitOf(await call.tenant(), 'waiting_requests');
    const { run: ended } = await waitForRun(deps, tenantId, run.id, {
      waitSeconds,
      places,
      onRead: call.progress?.note,
    });
    return await readRunDetail(deps, tenantId, ended);
  } catch (error) {
    const { requestId } = call.request;
    deps.log('warn', {
      event: 'wait_failed',
      tenant: tenantId,
      run: run.uid,
      request_id: requestId,
      ...errorFields(error),
    });
    return accepted;
  }
}

function keyOf(value: unknown): ReadKey {
  const pointer = '#/idempotency_key';
  if (value === undefined || typeof value === 'string') return readKeyArgument(value, pointer);
  return { faults: [{ pointer, code: 'invalid_type', detail: 'Must be a string.' }] };
}
