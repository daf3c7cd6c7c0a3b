import type { Recipe, Step } from '../../../functions/domain/workflow/recipe';
import { aDelay, aLog, aRecipe, aWebhookStep } from '../../../test/support/builders';

export type RecipeName = 'page' | 'ten' | 'fifty' | 'long';

/** Events have a payload of 46 bytes and log messages 24 bytes, like the recipe `Spring Promo`. */
export const recipes: Readonly<Record<RecipeName, Recipe>> = {
  page: aRecipe(),
  ten: aRecipe({ steps: [...threeTimes([aLog(), aWebhookStep(), aDelay(10)]), aLog()] }),
  fifty: aRecipe({ steps: Array.from({ length: 50 }, (_, index) => (index % 5 === 4 ? aWebhookStep() : aLog())) }),
  long: aRecipe({ steps: [...Array.from({ length: 8 }, () => aDelay(30)), aWebhookStep()] }),
};

export interface Scenario {
  readonly recipe: RecipeName;
  /** Endpoints that subscribe to the recipe's events. */
  readonly endpoints: number;
  /** The receiver answers every attempt with 500. */
  readonly failing?: true;
}

export const scenarios: readonly Scenario[] = [
  ...(['page', 'ten', 'fifty'] as const).flatMap((recipe) => [0, 1, 10].map((endpoints) => ({ recipe, endpoints }))),
  { recipe: 'page', endpoints: 1, failing: true },
  { recipe: 'long', endpoints: 1 },
];

function threeTimes(steps: readonly Step[]): Step[] {
  return [...steps, ...steps, ...steps];
}

const descriptions: Readonly<Record<RecipeName, string>> = {
  page: 'page: log, delay of 2 s, webhook',
  ten: 'ten: 4 logs, 3 delays of 10 s, 3 webhooks',
  fifty: 'fifty: 40 logs, 10 webhooks',
  long: 'long: 8 delays of 30 s, webhook',
};

/** Describes a scenario for readers who do not know the recipes by name. */
export function describe({ recipe, failing }: Scenario): string {
  return descriptions[recipe] + (failing ? ', every attempt answered 500' : '');
}
