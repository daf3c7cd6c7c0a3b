import fc from 'fast-check';
import { draftOf, recipeOf, type DraftRecipe } from '../../../dashboard/src/pages/recipe-editor/draft/recipe';
import { faultAt, otherFaults, placeFaults } from '../../../dashboard/src/pages/recipe-editor/check/place-faults';
import type { Json } from '../../../functions/domain/json';
import { stepTypeSchema } from '../../../functions/domain/workflow/recipe';
import { validRecipe } from '../../properties/recipes';

const recipes: [what: string, recipe: Json][] = [
  [
    'one of each step',
    {
      steps: [
        { type: 'log', message: 'a' },
        { type: 'delay', seconds: 2 },
        { type: 'fire_webhook_event', event: 'a.b', payload: { deep: [1, { x: null }] } },
      ],
    },
  ],
  ['continue_on_error', { continue_on_error: true, steps: [{ type: 'log', message: '' }] }],
  [
    'declared inputs',
    {
      inputs: {
        campaign: { type: 'string', description: 'd', required: true, enum: ['a', 'b'], example: 'a' },
        count: { type: 'integer', default: 3, min: 1, max: 9 },
        of_later: { type: 'date', format: 'iso' },
        empty: { type: 'string', default: '' },
        list: { type: 'array', default: [1, { x: null }] },
      },
      steps: [{ type: 'log', message: 'a' }],
    },
  ],
  ['an unknown step type', { steps: [{ type: 'shell', run: 'rm' }] }],
  ['an unknown key in a step', { steps: [{ type: 'log', message: 'a', level: 'info' }] }],
  ['a step that is no object', { steps: ['log', 3, null] }],
  ['a delay that is no number', { steps: [{ type: 'delay', seconds: '2' }] }],
  ['fields of another type of step', { steps: [{ type: 'log', message: 'a', seconds: 2 }] }],
];

test.each(recipes)('a recipe with %s is the same after the form has read and written it', (_what, recipe) => {
  const draft = draftOf(recipe);

  expect(draft && recipeOf(draft)).toEqual(recipe);
});

test('a valid recipe, with steps of any type, is edited in the fields of the form, and not as JSON', () => {
  const types = new Set<string>();

  fc.assert(
    fc.property(validRecipe, (valid) => {
      const recipe: Json = JSON.parse(JSON.stringify(valid));
      for (const { type } of valid.steps) types.add(type);
      const draft = draftOf(recipe);
      const { steps: written, continue_on_error: continues } = draft === undefined ? {} : recipeOf(draft);

      expect(draft?.steps.filter(({ raw }) => raw !== undefined)).toEqual([]);
      expect({ written, continues: continues ?? false }).toEqual({
        written: JSON.parse(JSON.stringify(valid.steps)),
        continues: valid.continue_on_error ?? false,
      });
    }),
  );
  expect([...types].sort()).toEqual([...stepTypeSchema.options].sort());
});

test.each<[string, Json]>([
  ['no object', []],
  ['no list of steps', { steps: {} }],
  ['an unknown key', { steps: [], name: 'x' }],
  ['a continue_on_error that is no boolean', { steps: [], continue_on_error: 'yes' }],
])('a recipe that is or has %s can only be edited as JSON', (_what, recipe) => {
  expect(draftOf(recipe)).toBeUndefined();
});

test('invalid input is sent unchanged, so that the API reports what is wrong with it', () => {
  const draft = draftOf({
    steps: [
      { type: 'delay', seconds: 2 },
      { type: 'fire_webhook_event', event: 'a' },
    ],
  });
  const [delay, event] = draft?.steps ?? [];
  const typed: DraftRecipe = {
    inputs: [],
    continueOnError: false,
    steps: [
      { ...delay!, seconds: 'two' },
      { ...event!, payload: '{ "open": ' },
    ],
  };

  expect(recipeOf(typed).steps).toEqual([
    { type: 'delay', seconds: 'two' },
    { type: 'fire_webhook_event', event: 'a', payload: '{ "open": ' },
  ]);
});

test('faults are shown at their step and field, whether the recipe was sent alone or with its workflow', () => {
  const faults = placeFaults([
    { pointer: '#/steps/1/seconds', code: 'invalid_recipe', detail: 'Too long.' },
    { pointer: '#/recipe/steps/0/type', code: 'step_type_not_allowed', detail: 'Unknown.' },
    { pointer: '#/recipe/steps/2/payload/a/b', code: 'invalid_recipe', detail: 'Too deep.' },
    { pointer: '#/recipe', code: 'invalid_recipe', detail: 'Too large.' },
    { pointer: '#/name', code: 'too_small', detail: 'Give it a name.' },
    { header: 'Idempotency-Key', code: 'invalid_idempotency_key', detail: 'Must be shorter.' },
  ]);

  expect(faultAt(faults, 1, 'seconds')).toBe('Too long.');
  expect(otherFaults(faults, 0, ['message'])).toEqual(['Unknown.']);
  expect(faultAt(faults, 2, 'payload')).toBe('Too deep.');
  expect(faults.recipe).toEqual(['Too large.', 'Must be shorter.']);
  expect(faults.name).toBe('Give it a name.');
});
