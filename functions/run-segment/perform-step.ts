import type { Origin } from '../domain/delivery/event';
import type { JsonObject } from '../domain/json';
import { originOf, type TrailEntry } from '../domain/run/run';
import type { StoredRun } from '../domain/run/stored-run';
import type { Step, StepOf } from '../domain/workflow/recipe';
import { renderEvent, renderMessage } from '../domain/workflow/render-step';

interface FiredEvent {
  readonly tenantId: string;
  readonly run: { readonly id: number; readonly uid: string; readonly workflow_id: number };
  readonly origin: Origin;
  readonly stepIndex: number;
  readonly event: string;
  readonly payload: JsonObject;
  readonly now: Date;
}

export interface PerformStepDeps {
  readonly fireWebhookEvent: (event: FiredEvent) => Promise<{ readonly matched_endpoints: number }>;
  readonly now: () => Date;
}

interface StepCall {
  readonly tenantId: string;
  readonly run: StoredRun;
  readonly index: number;
  /** A delay is not performed: it ends the segment. */
  readonly step: Exclude<Step, StepOf<'delay'>>;
  readonly input: JsonObject;
}

/** What a step records in the trail. An error is one that the author can fix; a failure of AWS is thrown instead. */
type Result = Pick<TrailEntry, 'output' | 'error'>;

/** Performs one step. Only rendering can make it fail. */
export async function performStep(deps: PerformStepDeps, call: StepCall): Promise<TrailEntry> {
  const startedAt = deps.now().toISOString();
  const result = await perform(deps, call);
  return {
    type: call.step.type,
    status: result.error === null ? 'succeeded' : 'failed',
    started_at: startedAt,
    finished_at: deps.now().toISOString(),
    ...result,
  };
}

async function perform(deps: PerformStepDeps, call: StepCall): Promise<Result> {
  const { step } = call;
  switch (step.type) {
    case 'log':
      return logMessage(step, call.input);
    case 'fire_webhook_event':
      return fireEvent(deps, step, call);
  }
}

function logMessage(step: StepOf<'log'>, input: JsonObject): Result {
  const rendered = renderMessage(step, input);
  if (rendered.error !== null) return { output: null, error: rendered.error };
  return { output: { message: rendered.value, ...named(rendered.missing) }, error: null };
}

async function fireEvent(
  deps: PerformStepDeps,
  step: StepOf<'fire_webhook_event'>,
  { tenantId, run, index, input }: StepCall,
): Promise<Result> {
  const rendered = renderEvent(step, input);
  if (rendered.error !== null) return { output: null, error: rendered.error };
  const { matched_endpoints } = await deps.fireWebhookEvent({
    tenantId,
    run: { id: run.id, uid: run.uid, workflow_id: run.workflow_id },
    origin: originOf(run),
    stepIndex: index,
    event: step.event,
    payload: rendered.value,
    now: deps.now(),
  });
  const warning =
    matched_endpoints === 0
      ? { warning: `No active webhook endpoint subscribes to ${step.event}; add one under Webhook Endpoints.` }
      : {};
  return { output: { event: step.event, matched_endpoints, ...warning, ...named(rendered.missing) }, error: null };
}

function named(missing: readonly string[]): { missing?: readonly string[] } {
  return missing.length === 0 ? {} : { missing };
}
