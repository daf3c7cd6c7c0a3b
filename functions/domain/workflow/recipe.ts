import * as z from 'zod/mini';
import { maxListedFaults, ProductError, type ErrorCode, type Fault } from '../errors';
import { faultsFrom, pointer } from '../faults';
import { allOf } from '../in-words';
import { isPlainObject, jsonBytes, jsonDepth, jsonObjectSchema, type JsonObject } from '../json';
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

/** A recipe as written: 1 to 50 steps, at most 64 KB as JSON. Unknown keys are refused. */
export const recipeSchema = z.strictObject({
  continue_on_error: z.optional(z.boolean()),
  steps: z.array(stepSchema).check(z.minLength(1), z.maxLength(recipeLimits.steps)),
});
export type Recipe = z.infer<typeof recipeSchema>;

/**
 * Sets no upper limit to the number of steps: above a limit zod would check none of them, but a recipe of 51 steps is
 * told its other faults too. `parseRecipe` hands it at most 50 steps.
 */
const stepsSchema = z.extend(recipeSchema, { steps: z.array(stepSchema).check(z.minLength(1)) });

/**
 * The codes that a recipe can be refused with. If several apply, the first in this order is the code of the refusal.
 */
const recipeErrorCodes = [
  'recipe_too_large',
  'step_type_not_allowed',
  'invalid_recipe',
] as const satisfies readonly ErrorCode[];
type RecipeErrorCode = (typeof recipeErrorCodes)[number];

/**
 * Checks a whole recipe. It is used when a recipe is written, validated or previewed, and again before step 1 of every
 * run, because a stored row may be older than a rule.
 *
 * @param at the place of the recipe in the request body, as a path of keys
 * @throws ProductError with the first code of {@link recipeErrorCodes} that applies and up to 100 faults
 */
export function parseRecipe(value: unknown, at: readonly string[] = []): Recipe {
  const faults = [...sizeFaults(value), ...typeFaults(value)];
  const parsed = stepsSchema.safeParse(withStepsInLimit(value), { reportInput: true });
  if (parsed.success && faults.length === 0) return parsed.data;
  if (!parsed.success) faults.push(...faultsFrom(parsed.error.issues.filter(isNoStepType), () => 'invalid_recipe'));
  throw refusal(faults, value, at);
}

/**
 * The type of every step is checked, however many there are, because an unknown one decides the code of the refusal. The
 * rest of a step is checked for the first 50 only: a body of 256 KB has room for 85,000.
 */
function withStepsInLimit(recipe: unknown): unknown {
  const steps = stepsOf(recipe);
  if (!isPlainObject(recipe) || steps.length <= recipeLimits.steps) return recipe;
  const first = steps.slice(0, recipeLimits.steps);
  // Built from entries, so that a key named `__proto__` stays an ordinary key and is refused.
  return Object.fromEntries(Object.entries(recipe).map(([key, value]) => [key, key === 'steps' ? first : value]));
}

function sizeFaults(recipe: unknown): Fault[] {
  const faults: Fault[] = [];
  const steps = countSteps(recipe);
  if (steps > recipeLimits.steps) {
    faults.push({
      pointer: pointer(['steps']),
      code: 'recipe_too_large',
      detail: `The recipe has ${steps} steps; at most ${recipeLimits.steps} are allowed.`,
    });
  }
  const bytes = jsonBytes(recipe);
  if (bytes > recipeLimits.bytes) {
    faults.push({
      pointer: pointer([]),
      code: 'invalid_recipe',
      detail: `The recipe is ${bytes} bytes as JSON; at most ${recipeLimits.bytes} are allowed.`,
    });
  }
  return faults;
}

/** Steps of an unknown type, at most one more than a refusal lists. A step that is no object has other faults. */
function typeFaults(recipe: unknown): Fault[] {
  const faults: Fault[] = [];
  for (const [index, step] of stepsOf(recipe).entries()) {
    if (typeof step !== 'object' || step === null || isStepType(Reflect.get(step, 'type'))) continue;
    faults.push({
      pointer: pointer(['steps', index, 'type']),
      code: 'step_type_not_allowed',
      detail: `Only ${stepTypesInWords()} are allowed as a step type.`,
    });
    if (faults.length > maxListedFaults) break;
  }
  return faults;
}

function isStepType(type: unknown): boolean {
  return stepTypeSchema.options.some((known) => known === type);
}

function isNoStepType({ code, path }: z.core.$ZodIssue): boolean {
  return code !== 'invalid_union' || path.length !== 3 || path[2] !== 'type';
}

/** `log, fire_webhook_event and delay`. */
export function stepTypesInWords(): string {
  return allOf(stepTypeSchema.options);
}

/**
 * The most severe code becomes the code of the refusal. Its faults come first, so that the limit of the list never
 * hides them.
 */
function refusal(faults: readonly Fault[], recipe: unknown, at: readonly string[]): ProductError {
  const ordered = recipeErrorCodes.flatMap((code) => faults.filter((fault) => fault.code === code));
  const code = recipeErrorCodes.find((candidate) => candidate === ordered[0]?.code) ?? 'invalid_recipe';
  const sentences: Record<RecipeErrorCode, string> = {
    recipe_too_large: `The recipe has ${countSteps(recipe)} steps; trim it to at most ${recipeLimits.steps}.`,
    step_type_not_allowed: `The recipe has a step of an unknown type; use only ${stepTypesInWords()}.`,
    invalid_recipe: 'The recipe is not valid; errors lists each place.',
  };
  return new ProductError(code, sentences[code], {
    faults: ordered
      .slice(0, maxListedFaults + 1)
      .map((fault) => ({ ...fault, pointer: pointer(at) + fault.pointer.slice(1) })),
  });
}

/** The number of steps of a stored recipe, which may be invalid: the length of the array, or 0. */
export function countSteps(recipe: unknown): number {
  return stepsOf(recipe).length;
}

function stepsOf(recipe: unknown): readonly unknown[] {
  const steps = isPlainObject(recipe) && Object.hasOwn(recipe, 'steps') ? recipe['steps'] : undefined;
  return Array.isArray(steps) ? steps : [];
}
