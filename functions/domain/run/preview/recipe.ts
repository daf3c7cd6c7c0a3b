import * as z from 'zod/mini';
import type { Subscription } from '../../endpoint/endpoint';
import { jsonObjectSchema } from '../../json';
import type { Tenant } from '../../tenant/tenant';
import { usageViewSchema, viewUsage } from '../../tenant/usage';
import { exampleInput } from '../../workflow/input/example-input';
import type { Recipe } from '../../workflow/recipe';
import { summariseRecipe } from '../../workflow/recipe-summary';
import { warningSchema, warningsOf } from '../../workflow/warnings';
import { previewSteps, stepPreviewSchema } from './steps';

/** What a recipe would do. */
export const recipeCheckSchema = z.object({
  valid: z.literal(true),
  steps_total: z.int(),
  total_delay_seconds: z.int(),
  /** The distinct events that it fires. */
  events: z.array(z.string()),
  /** What its author should look at again; at most 100. Their pointers begin at the recipe. */
  warnings: z.array(warningSchema),
});
export type RecipeCheck = z.infer<typeof recipeCheckSchema>;

/** How much of the daily run cap is used. */
export const capUsageSchema = z.pick(usageViewSchema, {
  day: true,
  used: true,
  cap: true,
  remaining: true,
  resets_at: true,
});

/** What a recipe would do and, if a preview was asked for, how that would look with an example of an input. */
export const recipePreviewSchema = z.extend(recipeCheckSchema, {
  /** The input that the steps below are shown with: the examples and defaults that the recipe declares. */
  input: z.optional(jsonObjectSchema),
  steps: z.optional(z.array(stepPreviewSchema)),
  usage: z.optional(capUsageSchema),
});
export type RecipePreview = z.infer<typeof recipePreviewSchema>;

/** What is said of a valid recipe without its input. */
export function summaryOf(recipe: Recipe): RecipeCheck {
  const { stepsTotal, totalDelaySeconds, events } = summariseRecipe(recipe);
  return {
    valid: true,
    steps_total: stepsTotal,
    total_delay_seconds: totalDelaySeconds,
    events: [...events],
    warnings: warningsOf(recipe),
  };
}

export interface PreviewRecipeDeps {
  readonly endpoints: { subscriptions(tenantId: string): Promise<readonly Subscription[]> };
  readonly now: () => Date;
}

/** Shows what a recipe, stored or not, would do now with an example of an input. */
export async function previewRecipe(deps: PreviewRecipeDeps, tenant: Tenant, recipe: Recipe): Promise<RecipePreview> {
  const check = summaryOf(recipe);
  const input = exampleInput(recipe.inputs ?? {});
  const subscriptions = check.events.length === 0 ? [] : await deps.endpoints.subscriptions(tenant.id);
  return { ...check, input, steps: previewSteps(recipe, input, subscriptions), usage: capUsage(tenant, deps.now()) };
}

export function capUsage(tenant: Tenant, now: Date): z.infer<typeof capUsageSchema> {
  const { day, used, cap, remaining, resets_at } = viewUsage(tenant, now);
  return { day, used, cap, remaining, resets_at };
}
