import * as z from 'zod/mini';
import { maxKeyCharacters, readKeyArgument, type ReadKey } from '../../domain/idempotency';
import { jsonObjectSchema } from '../../domain/json';
import { previewRun, runPreviewSchema } from '../../domain/run/preview/run';
import { readRunDetail } from '../../domain/run/read-detail';
import { startRun } from '../../domain/run/start-run';
import type { StartedRun } from '../../domain/run/start-run-signature';
import { runDetailViewSchema, viewRun } from '../../domain/run/view';
import { maxWaitSeconds, waitForRun } from '../../domain/run/wait-for-run';
import { limitOf } from '../../domain/tenant/limits';
import { bodyFaults } from '../../edge/http/parse-request';
import { errorFields } from '../../edge/log/log';
import { logAccepted } from '../../edge/log/run';
import type { McpServerDeps } from '../deps';
import { judgedLater } from './arguments';
import type { Acted, ToolCall } from './tool';

/** What every tool that starts runs takes beside the input. */
export const startArguments = {
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
};
const startSchema = z.object(startArguments);

export const startedOutput = z.object({
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

/** Which run a tool is to start. */
interface Wanted {
  readonly workflowId: number;
  readonly input: unknown;
  /** The place of the input in the arguments. */
  readonly inputAt: readonly string[];
  /** Schema of all arguments of the tool. */
  readonly schema: z.ZodMiniObject;
}

/** Starts a run, or previews it, for every tool that can. @throws ProductError as `startRun` and `previewRun` do */
export async function startByTool(deps: McpServerDeps, call: ToolCall, wanted: Wanted): Promise<Acted> {
  const { caller, args, request } = call;
  const { workflowId, input, inputAt } = wanted;
  const { key, faults: keyFaults } = keyOf(args['idempotency_key']);
  const faults = [...bodyFaults(wanted.schema, args), ...keyFaults];
  const common = { tenantId: caller.tenantId, channel: caller.channel, faults };
  if (args['dry_run'] === true) {
    const preview = await previewRun(deps, { ...common, workflowId, input, inputAt });
    return { result: { run_id: null, replayed: false, run: null, preview } };
  }
  const started = await startRun(deps, {
    ...common,
    actorName: caller.name,
    requestId: request.requestId,
    traceparent: request.traceparent,
    idempotencyKey: key,
    start: { operation: 'trigger', workflowId, input, inputAt },
  });
  logAccepted(deps, request, started);
  // A repetition does not wait: it costs no run, so nothing else would bound how many of them wait.
  const waitSeconds = started.replayed ? 0 : (z.safeParse(startSchema, args).data?.wait_seconds ?? 0);
  const run = await runOf(deps, call, started, waitSeconds);
  return { result: { run_id: run.id, replayed: started.replayed, run } };
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
