import * as z from 'zod/mini';
import { jsonObjectSchema } from '../json';
import { pick } from '../pick';
import { isTerminal } from '../run-status';
import { parseRecipe } from '../workflow/parse-recipe';
import { stepTypeSchema, type StepType } from '../workflow/recipe';
import { stepErrorSchema, stepStatusSchema, type Run, type TrailEntry, runSchema } from './run';

/** A run as every door shows it. Indexes count from 0; times are RFC 3339 UTC. */
export const runViewSchema = z.pick(runSchema, {
  id: true,
  uid: true,
  workflow_id: true,
  workflow_name: true,
  workflow_version: true,
  status: true,
  steps_total: true,
  steps_succeeded: true,
  steps_failed: true,
  triggered_by: true,
  rerun_of: true,
  created_at: true,
  started_at: true,
  finished_at: true,
  deadline_at: true,
  error: true,
  request_id: true,
});
export type RunView = z.infer<typeof runViewSchema>;

/** The response to a trigger: the run and its input. */
export const startedRunViewSchema = z.extend(runViewSchema, { input: jsonObjectSchema });

export const stepViewSchema = z.object({
  index: z.int(),
  type: stepTypeSchema,
  status: stepStatusSchema,
  started_at: z.nullable(z.string()),
  finished_at: z.nullable(z.string()),
  output: z.nullable(jsonObjectSchema),
  error: z.nullable(stepErrorSchema),
});
export type StepView = z.infer<typeof stepViewSchema>;

export const runDetailViewSchema = z.extend(startedRunViewSchema, { steps: z.array(stepViewSchema) });

/** A delivery as the output of its step lists it, in its current state. */
export interface DeliveryInStep {
  readonly id: string;
  readonly endpoint_id: string;
  readonly status: string;
  readonly step_index: number;
}

export function viewRun(run: Run): RunView {
  return pick(runViewSchema, run);
}

/**
 * The steps of a run: performed ones come from its trail, the others from its recipe. If the recipe does not parse,
 * only the steps in the trail are shown.
 *
 * @param recipe the stored version that the run uses
 */
export function viewSteps(
  run: Run,
  trail: readonly TrailEntry[],
  recipe: unknown,
  deliveries: readonly DeliveryInStep[],
  now: Date,
): StepView[] {
  return stepTypes(recipe, trail).map((type, index) => {
    const entry = trail[index];
    if (entry === undefined) {
      return {
        index,
        type,
        status: isTerminal(run.status) ? 'skipped' : 'pending',
        started_at: null,
        finished_at: null,
        output: null,
        error: null,
      };
    }
    const output =
      entry.type === 'fire_webhook_event' && entry.output !== null
        ? { ...entry.output, deliveries: deliveriesOf(index, deliveries) }
        : entry.output;
    return {
      index,
      ...entry,
      ...(entry.type === 'delay' && delayState(run, entry, now)),
      output: output === null ? null : jsonObjectSchema.parse(output),
    };
  });
}

function stepTypes(recipe: unknown, trail: readonly TrailEntry[]): StepType[] {
  try {
    return parseRecipe(recipe).steps.map(({ type }) => type);
  } catch {
    return trail.map(({ type }) => type);
  }
}

/**
 * A delay is in the trail from its start. Until its end it is shown as running; if the run ends earlier, the delay ends
 * with it.
 */
function delayState(run: Run, entry: TrailEntry, now: Date): Pick<StepView, 'status' | 'finished_at'> {
  if (run.finished_at !== null && run.finished_at < entry.finished_at)
    return { status: 'skipped', finished_at: run.finished_at };
  if (!isTerminal(run.status) && now.getTime() < Date.parse(entry.finished_at))
    return { status: 'running', finished_at: null };
  return { status: entry.status, finished_at: entry.finished_at };
}

function deliveriesOf(index: number, deliveries: readonly DeliveryInStep[]): Omit<DeliveryInStep, 'step_index'>[] {
  return deliveries
    .filter((delivery) => delivery.step_index === index)
    .map(({ id, endpoint_id, status }) => ({ id, endpoint_id, status }));
}
