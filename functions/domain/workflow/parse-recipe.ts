import * as z from 'zod/mini';
import { maxListedFaults, ProductError, type ErrorCode, type BodyFault } from '../errors';
import { faultsFrom, pointer } from '../faults';
import { isPlainObject, jsonBytes } from '../json';
import {
  countSteps,
  recipeLimits,
  recipeSchema,
  stepSchema,
  stepsOf,
  stepTypeSchema,
  stepTypesInWords,
  type Recipe,
} from './recipe';

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

/** The recipe as stored, or undefined if it is older than a rule that it breaks. */
export function readStoredRecipe(value: unknown): Recipe | undefined {
  const { data, success } = recipeSchema.safeParse(value);
  return success ? data : undefined;
}

function sizeFaults(recipe: unknown): BodyFault[] {
  const faults: BodyFault[] = [];
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
function typeFaults(recipe: unknown): BodyFault[] {
  const faults: BodyFault[] = [];
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
  return code !== 'invalid_union' || path.length !== 3 || path[0] !== 'steps' || path[2] !== 'type';
}

/**
 * The most severe code becomes the code of the refusal. Its faults come first, so that the limit of the list never
 * hides them.
 */
function refusal(faults: readonly BodyFault[], recipe: unknown, at: readonly string[]): ProductError {
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
