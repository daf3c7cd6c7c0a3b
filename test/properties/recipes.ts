import fc from 'fast-check';
import type { JsonObject } from '../../functions/domain/json';
import type { Recipe, Step, StepOf, StepType } from '../../functions/domain/workflow/recipe';

const path = fc.constantFrom('a', 'b', 'list.0', 'list.1.deep', 'constructor', 'missing');
/** Text with and without placeholders. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  fc.constantFrom("{{'{{'}}input.a}}", '{{a}}', '{{input.a'),
  fc.tuple(fc.string({ maxLength: 10 }), path).map(([start, name]) => `${start}{{input.${name}}}`),
  // So many placeholders that the text may be too large once it is rendered.
  path.map((name) => `{{input.${name}}}`.repeat(100)),
);
const part = fc.stringMatching(/^[A-Za-z0-9_]{1,8}$/);
const payload = fc.dictionary(part, fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)), { maxKeys: 4 });

const steps: { readonly [Type in StepType]: fc.Arbitrary<StepOf<Type>> } = {
  log: text.map((message) => ({ type: 'log', message })),
  delay: fc.integer({ min: 1, max: 30 }).map((seconds) => ({ type: 'delay', seconds })),
  fire_webhook_event: fc
    .tuple(fc.array(part, { minLength: 1, maxLength: 3 }), fc.option(payload, { nil: undefined }))
    .map(([parts, given]) => ({
      type: 'fire_webhook_event',
      event: parts.join('.'),
      ...(given !== undefined && { payload: given }),
    })),
};
const step: fc.Arbitrary<Step> = fc.oneof(...Object.values(steps));

/** Any valid recipe. */
export const validRecipe: fc.Arbitrary<Recipe> = fc
  .tuple(
    fc.oneof(
      { weight: 9, arbitrary: fc.array(step, { minLength: 1, maxLength: 12 }) },
      fc.array(step, { minLength: 50, maxLength: 50 }),
    ),
    fc.option(fc.boolean(), { nil: undefined }),
  )
  .map(([steps, continues]) => ({ ...(continues !== undefined && { continue_on_error: continues }), steps }));

/** Any input of a trigger: long and short texts at the paths that the recipes read. */
export const input: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      a: fc.string({ maxLength: 60 }),
      b: fc.jsonValue({ maxDepth: 2 }),
      list: fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 3 }),
    },
    { requiredKeys: [] },
  )
  .map((value): JsonObject => JSON.parse(JSON.stringify(value)));

type Corruption = (recipe: any, at: number) => void;
const corruptions: readonly Corruption[] = [
  (recipe) => (recipe.steps = []),
  (recipe) => (recipe.steps = { 0: recipe.steps[0] }),
  (recipe) => delete recipe.steps,
  (recipe) => (recipe.steps = Array.from({ length: 51 }, () => ({ type: 'log', message: 'x' }))),
  (recipe) => (recipe.retries = 3),
  (recipe) => (recipe.continue_on_error = 'true'),
  (recipe, at) => (recipe.steps[at] = null),
  (recipe, at) => (recipe.steps[at].type = 'shell'),
  (recipe, at) => (recipe.steps[at].type = 'constructor'),
  (recipe, at) => (recipe.steps[at].command = 'rm'),
  (recipe, at) => (recipe.steps[at] = { type: 'log', message: '' }),
  (recipe, at) => (recipe.steps[at] = { type: 'log', message: 'é'.repeat(2001) }),
  (recipe, at) => (recipe.steps[at] = { type: 'delay', seconds: 31 }),
  (recipe, at) => (recipe.steps[at] = { type: 'delay', seconds: 0.5 }),
  (recipe, at) => (recipe.steps[at] = { type: 'delay', seconds: '5' }),
  (recipe, at) => (recipe.steps[at] = { type: 'fire_webhook_event', event: 'a..b' }),
  (recipe, at) => (recipe.steps[at] = { type: 'fire_webhook_event', event: 'a', payload: [] }),
  (recipe, at) => (recipe.steps[at] = { type: 'fire_webhook_event', event: 'a', payload: { x: 'x'.repeat(21_000) } }),
];

/** Any invalid recipe: a valid one with one fault, at any step, or any other JSON. */
export const invalidRecipe: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(validRecipe, fc.constantFrom(...corruptions), fc.nat()).map(([recipe, corrupt, at]) => {
      const corrupted = structuredClone(recipe);
      corrupt(corrupted, at % corrupted.steps.length);
      return corrupted;
    }),
  },
  fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value))),
);
