import {
  draftStateOf,
  withStep,
  withSteps,
  type DraftState,
} from '../../../dashboard/src/pages/recipe-editor/draft/state';
import { newStep } from '../../../dashboard/src/pages/recipe-editor/draft/recipe';
import { noHistory, recorded, redone, undone } from '../../../dashboard/src/pages/recipe-editor/history/history';

const recipe = { steps: [{ type: 'log', message: 'a' }] };
const opened = draftStateOf({ name: 'Promo', description: null, recipe });

/** What happened to a draft: each change with the milliseconds at which it was made. */
function after(...changes: readonly (readonly [atMs: number, change: (state: DraftState) => DraftState])[]) {
  let [state, history, last] = [opened, noHistory, -Infinity];
  for (const [atMs, change] of changes) {
    const next = change(state);
    history = recorded(history, state, next, atMs, atMs - last);
    [state, last] = [next, atMs];
  }
  return { state, history };
}

const named = (name: string) => (state: DraftState) => ({ ...state, name });
const said = (message: string) => (state: DraftState) => withStep(state, { ...state.recipe.steps[0]!, message });
const added = (state: DraftState) => withSteps(state, (steps) => [...steps, newStep('log')]);

test('letters typed into one field without a pause are undone at once, and done again to the letter', () => {
  const { state, history } = after([0, named('P')], [300, named('Pr')], [600, named('Pro')]);

  const back = undone(history, state)!;
  expect(back.content.name).toBe('Promo');
  expect(back.what).toBe('typing the name');
  expect(undone(back.history, back.content)).toBeUndefined();
  expect(redone(back.history, back.content)!.content.name).toBe('Pro');
});

test.each([
  ['a pause of a second', [0, named('P')], [1_000, named('Pr')]],
  ['another field', [0, named('P')], [100, said('b')]],
  ['an act', [0, said('b')], [100, added]],
] as const)('%s ends a run of typing', (_what, first, second) => {
  const { history } = after(first, second);

  expect(history.past).toHaveLength(2);
});

test('somebody who types without a pause loses at most five seconds of it with one press', () => {
  const keys = Array.from({ length: 100 }, (_, index) => [index * 100, named('x'.repeat(index + 1))] as const);

  expect(after(...keys).history.past).toHaveLength(2);
});

test('a change after an undo takes away what could be done again', () => {
  const { state, history } = after([0, added]);
  const back = undone(history, state)!;

  const changed = recorded(back.history, { ...state, ...back.content }, named('New')(state), 100, 100);

  expect(changed.future).toEqual([]);
});

test('the history ends somewhere', () => {
  const acts = Array.from({ length: 300 }, (_, index) => [index * 2_000, added] as const);

  expect(after(...acts).history.past).toHaveLength(200);
});

test('looking at the other view is no change', () => {
  const { history } = after([0, (state) => ({ ...state, view: 'json', text: '{}' })]);

  expect(history).toBe(noHistory);
});
