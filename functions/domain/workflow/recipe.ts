import * as z from 'zod/mini';
import { allOf } from '../in-words';
import { isPlainObject, jsonBytes, jsonDepth, jsonObjectSchema, type JsonObject } from '../json';
import { inputsSchema } from './input/declaration';
import { hasTyped, textsWithTyped, typedPath } from './typed-placeholder';

/**
 * Limits of a recipe. KB are 1,024 bytes of UTF-8 JSON. The number of steps and the length of a delay are the product's
 * promise; docs/decisions/recipes.md has the reason for the sizes.
 */
export const recipeLimits = {
  steps: 50,
  bytes: 64 * 1024,
  messageBytes: 4000,
  eventCharacters: 128,
  payloadBytes: 20 * 1024,
  payloadLevels: 20,
  delaySeconds: { min: 1, max: 30 },
} as const;

/** Dot-separated parts of letters, digits and underscore, as Standard Webhooks names events. */
export const eventNameSchema = z
  .string()
  .check(
    z.maxLength(recipeLimits.eventCharacters),
    z.regex(
      /^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*$/,
      'Must be parts of letters, digits and _ joined by dots, such as campaign.kickoff.',
    ),
  );

const logStepSchema = z.strictObject({
  type: z.literal('log'),
  message: z
    .string()
    .check(
      z.refine(
        (text) => text.length > 0 && Buffer.byteLength(text) <= recipeLimits.messageBytes,
        `Must be 1 to ${recipeLimits.messageBytes} bytes of UTF-8.`,
      ),
      z.refine((text) => !hasTyped(text), 'A message is text: write {{input.…}} without "| json".'),
    )
    // A character has at least one byte.
    .register(z.globalRegistry, { minLength: 1, maxLength: recipeLimits.messageBytes }),
});

/** Names each text of a payload in which a placeholder that keeps the type is not alone. */
function requireTypedAlone({ value, issues }: z.core.ParsePayload<JsonObject>): void {
  for (const { path, text } of textsWithTyped(value)) {
    if (typedPath(text) !== undefined) continue;
    const message = 'A placeholder with "| json" must be the whole text; leave the rest out, or "| json".';
    issues.push({ code: 'custom', path: [...path], message, input: value });
  }
}

export const webhookStepSchema = z.strictObject({
  type: z.literal('fire_webhook_event'),
  event: eventNameSchema,
  payload: z.optional(
    jsonObjectSchema.check(
      z.refine((value) => jsonBytes(value) <= recipeLimits.payloadBytes, {
        error: `Must be at most ${recipeLimits.payloadBytes} bytes as JSON.`,
        abort: true,
      }),
      z.refine(
        (value) => jsonDepth(value, recipeLimits.payloadLevels + 1) <= recipeLimits.payloadLevels,
        `Must nest at most ${recipeLimits.payloadLevels} levels.`,
      ),
      requireTypedAlone,
    ),
  ),
});

const { min, max } = recipeLimits.delaySeconds;
const delayRange = `Must be a whole number from ${min} to ${max}.`;

const delayStepSchema = z.strictObject({
  type: z.literal('delay'),
  seconds: z.int({ error: delayRange, abort: true }).check(z.minimum(min, delayRange), z.maximum(max, delayRange)),
});

/** One step of a recipe. Nothing else is ever executed. A new step type is one more schema in this list. */
export const stepSchema = z.discriminatedUnion('type', [logStepSchema, webhookStepSchema, delayStepSchema]);
export type Step = z.infer<typeof stepSchema>;

/** Every step type there is, in the order in which sentences name them. */
export const stepTypeSchema = z.enum(stepSchema.def.options.flatMap(({ shape }) => shape.type.def.values));
export type StepType = z.infer<typeof stepTypeSchema>;
export type StepOf<Type extends StepType> = Extract<Step, { readonly type: Type }>;

/**
 * A recipe as written: 1 to 50 steps, at most 64 KB as JSON. Unknown keys are refused. `inputs` declares what the input of a run
 * holds.
 */
export const recipeSchema = z.strictObject({
  inputs: z.optional(inputsSchema),
  continue_on_error: z.optional(z.boolean()),
  steps: z.array(stepSchema).check(z.minLength(1), z.maxLength(recipeLimits.steps)),
});
export type Recipe = z.infer<typeof recipeSchema>;

/** `log, fire_webhook_event and delay`. */
export function stepTypesInWords(): string {
  return allOf(stepTypeSchema.options);
}

/** The number of steps of a stored recipe, which may be invalid: the length of the array, or 0. */
export function countSteps(recipe: unknown): number {
  return stepsOf(recipe).length;
}

/** The steps of a recipe that may be invalid; none if it has no array of them. */
export function stepsOf(recipe: unknown): readonly unknown[] {
  const steps = isPlainObject(recipe) && Object.hasOwn(recipe, 'steps') ? recipe['steps'] : undefined;
  return Array.isArray(steps) ? steps : [];
}
