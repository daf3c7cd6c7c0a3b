import type { RunStore } from '../aws/run/runs';
import { addSeconds } from '../domain/day';
import { ProductError } from '../domain/errors';
import { jsonBytes, jsonObjectSchema } from '../domain/json';
import { runErrorCodeSchema, type RunError, type TrailEntry } from '../domain/run/run';
import type { StoredRun } from '../domain/run/stored-run';
import { parseRecipe } from '../domain/workflow/parse-recipe';
import type { Recipe } from '../domain/workflow/recipe';
import type { Log } from '../edge/log/log';
import { performStep, type PerformStepDeps } from './perform-step';
import { ended, refused, stopped, waiting, type Outcome } from './segment-result';

export interface PerformDeps extends PerformStepDeps {
  readonly runs: Pick<RunStore, 'inputOf'>;
  readonly log: Log;
  /** True once the call begins no further step, because Lambda would end it in the middle. Absent if it has time. */
  readonly isTimeUp?: () => boolean;
}

/** The limit of a run's trail in bytes of JSON. Beyond it the outputs of steps are left out. */
export const maxTrailBytes = 128 * 1024;

/**
 * Checks the whole stored recipe, then performs its steps from the run's cursor up to and including the next delay. It
 * does not write the row of the run. If AWS fails in a step, or the call's time is up, the outcome is what was done
 * until then.
 */
export async function performSteps(
  deps: PerformDeps,
  tenantId: string,
  run: StoredRun,
  stored: unknown,
): Promise<Outcome> {
  const startedAt = deps.now().toISOString();
  const recipe = acceptRecipe(stored);
  if ('code' in recipe) return refused(run, recipe, startedAt);

  const input = jsonObjectSchema.parse(JSON.parse(await deps.runs.inputOf(tenantId, run)));
  const entries: TrailEntry[] = [];
  let trailBytes = jsonBytes(run.trail);
  for (let cursor = run.cursor; cursor < recipe.steps.length; cursor += 1) {
    const step = recipe.steps[cursor];
    if (step === undefined) break;
    const before = () => ({ entries, cursor, startedAt, at: deps.now().toISOString() });
    if (entries.length > 0 && deps.isTimeUp?.() === true) return stopped(run, before());
    let entry: TrailEntry;
    try {
      entry =
        step.type === 'delay'
          ? delayEntry(step.seconds, deps.now())
          : await performStep(deps, { tenantId, run, index: cursor, step, input });
    } catch (error) {
      return stopped(run, before(), error);
    }
    trailBytes += jsonBytes(entry);
    entries.push(trailBytes > maxTrailBytes ? { ...entry, output: { truncated: true } } : entry);
    logStep(deps.log, tenantId, run, cursor, entry);
    const performed = { entries, cursor: cursor + 1, startedAt, at: deps.now().toISOString() };
    if (entry.type === 'delay') {
      return { ...waiting(run, performed, entry.finished_at), readsEndpoints: needsEndpoints(recipe, cursor + 1) };
    }
    if (entry.status === 'failed' && recipe.continue_on_error !== true) return ended(run, performed);
  }
  return ended(run, { entries, cursor: recipe.steps.length, startedAt, at: deps.now().toISOString() });
}

/** Whether the steps from `cursor` up to the next delay fire an event, or end the run, which may be an event too. */
function needsEndpoints({ steps }: Recipe, cursor: number): boolean {
  const next = steps.slice(cursor).find(({ type }) => type !== 'log');
  return next?.type !== 'delay';
}

function acceptRecipe(stored: unknown): Recipe | RunError {
  try {
    return parseRecipe(stored);
  } catch (error) {
    if (!(error instanceof ProductError)) throw error;
    return { code: runErrorCodeSchema.parse(error.code), message: error.message, step: null };
  }
}

function delayEntry(seconds: number, now: Date): TrailEntry {
  const resumeAt = addSeconds(now, seconds).toISOString();
  return {
    type: 'delay',
    status: 'succeeded',
    started_at: now.toISOString(),
    finished_at: resumeAt,
    output: { seconds, resume_at: resumeAt },
    error: null,
  };
}

function logStep(log: Log, tenantId: string, run: StoredRun, index: number, entry: TrailEntry): void {
  log('info', {
    event: 'step_performed',
    tenant: tenantId,
    run: run.uid,
    workflow: run.workflow_id,
    request_id: run.request_id,
    ms: entry.type === 'delay' ? 0 : Date.parse(entry.finished_at) - Date.parse(entry.started_at),
    step: index,
    type: entry.type,
    status: entry.status,
    code: entry.error?.code,
  });
}
