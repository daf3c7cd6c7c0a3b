import * as z from 'zod/mini';
import { jsonObjectSchema } from '../json';
import { pick } from '../pick';
import { isTerminal } from '../run-status';
import { parseRecipe } from '../workflow/recipe';
import { runSchema, stepErrorSchema, stepStatusSchema, type Run, type TrailEntry } from './run';

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

/** What a trigger answers: the run and the input it was given. */
export const startedRunViewSchema = z.extend(runViewSchema, { input: jsonObjectSchema });

export const stepViewSchema = z.object({
  index: z.int(),
  type: z.enum(['log', 'delay', 'fire_webhook_event']),
  status: stepStatusSchema,
  started_at: z.nullable(z.string()),
  finished_at: z.nullable(z.string()),
  output: z.nullable(jsonObjectSchema),
  error: z.nullable(stepErrorSchema),
});
export type StepView = z.infer<typeof stepViewSchema>;

export const runDetailViewSchema = z.extend(startedRunViewSchema, { steps: z.array(stepViewSchema) });

/** A delivery as its step's output lists it, read live. */
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
 * The steps of a run: performed ones from its trail, the others from its recipe. A recipe that was refused adds none, be
 * it before step 1 or by a rule made later.
 *
 * @param recipe the stored version the run keeps
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

function stepTypes(recipe: unknown, trail: readonly TrailEntry[]): StepView['type'][] {
  try {
    return parseRecipe(recipe).steps.map(({ type }) => type);
  } catch {
    return trail.map(({ type }) => type);
  }
}

/** A delay is in the trail from its start; until its end it is at work, and a run that ended during it cut it short. */
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
