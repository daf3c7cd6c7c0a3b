import { isPlainObject } from '../json';
import { countSteps, delayStepSchema, webhookStepSchema } from './recipe';

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
    const delay = delayStepSchema.safeParse(step);
    if (delay.success) totalDelaySeconds += delay.data.seconds;
    const webhook = webhookStepSchema.safeParse(step);
    if (webhook.success) events.add(webhook.data.event);
  }
  return { stepsTotal: countSteps(recipe), totalDelaySeconds, events: [...events] };
}
