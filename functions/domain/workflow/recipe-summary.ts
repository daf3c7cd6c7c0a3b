import { isPlainObject } from '../json';
import { countSteps, stepSchema, type Step } from './recipe';

/** What is known about a recipe without running it. */
export interface RecipeSummary {
  readonly stepsTotal: number;
  /** The sum of all valid delays in seconds. It decides the machine and the deadline. */
  readonly totalDelaySeconds: number;
  /** The distinct event names, in order of first use. */
  readonly events: readonly string[];
}

/** Summarises any stored recipe, valid or not. Invalid steps are counted but add neither a delay nor an event. */
export function summariseRecipe(recipe: unknown): RecipeSummary {
  const steps: unknown[] = isPlainObject(recipe) && Array.isArray(recipe['steps']) ? recipe['steps'] : [];
  const events = new Set<string>();
  let totalDelaySeconds = 0;
  for (const step of steps) {
    const parsed = stepSchema.safeParse(step);
    if (!parsed.success) continue;
    const { delaySeconds = 0, event } = shareOf(parsed.data);
    totalDelaySeconds += delaySeconds;
    if (event !== undefined) events.add(event);
  }
  return { stepsTotal: countSteps(recipe), totalDelaySeconds, events: [...events] };
}

/** What one step adds to its recipe: a delay ends a segment of the run, and an event may be delivered. */
export function shareOf(step: Step): { readonly delaySeconds?: number; readonly event?: string } {
  switch (step.type) {
    case 'log':
      return {};
    case 'fire_webhook_event':
      return { event: step.event };
    case 'delay':
      return { delaySeconds: step.seconds };
  }
}
