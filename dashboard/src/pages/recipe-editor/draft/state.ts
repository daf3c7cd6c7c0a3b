import type { Json } from '../../../../../functions/domain/json';
import type { WorkflowWrite } from '../../../api/routes';
import { isSameJson, parseJson } from '../../../parts/json';
import { draftOf, recipeOf, type DraftRecipe, type DraftStep } from './recipe';

/** What the editor writes of a workflow. It says nothing of whether the workflow is active, which so stays as it is. */
export type Edit = Pick<WorkflowWrite, 'name' | 'description' | 'recipe'>;

/** Everything that is typed into the editor. The view that is shown holds the recipe. */
export interface DraftState {
  readonly name: string;
  readonly description: string;
  readonly view: 'steps' | 'json';
  /** The recipe as long as the steps are shown. */
  readonly recipe: DraftRecipe;
  /** The recipe as long as JSON is shown. */
  readonly text: string;
  /** True if the person asked for the steps and the text cannot be shown as steps. */
  readonly hasNoSteps: boolean;
}

export function draftStateOf({ name, description, recipe: stored }: Edit): DraftState {
  const recipe = draftOf(stored);
  return {
    name,
    description: description ?? '',
    view: recipe === undefined ? 'json' : 'steps',
    recipe: recipe ?? { continueOnError: false, steps: [] },
    text: recipe === undefined ? pretty(stored) : '',
    hasNoSteps: false,
  };
}

export type ReadRecipe =
  { readonly value: Json; readonly fault?: never } | { readonly value?: never; readonly fault: string };

/** The recipe in the view that is shown, or why the text is none. */
export function readRecipe({ view, text, recipe }: DraftState): ReadRecipe {
  if (view === 'steps') return { value: recipeOf(recipe) };
  try {
    return { value: parseJson(text) };
  } catch (error) {
    return { fault: `The text cannot be used as JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** What Save sends. Undefined while the text is not JSON. */
export function editOf(state: DraftState): Edit | undefined {
  const { value } = readRecipe(state);
  if (value === undefined) return undefined;
  return { name: state.name.trim(), description: state.description.trim() || null, recipe: value };
}

/** White space at the ends is left out, as the API does. */
export function isSameEdit(one: Edit, other: Edit): boolean {
  return (
    one.name.trim() === other.name.trim() &&
    (one.description ?? '').trim() === (other.description ?? '').trim() &&
    isSameJson(one.recipe, other.recipe)
  );
}

/** Whether saving would change something of what is stored. */
export function isChanged(state: DraftState, stored: Edit): boolean {
  const edit = editOf(state);
  return edit === undefined || !isSameEdit(edit, stored);
}

/** The same draft in another view. */
export function inView(state: DraftState, view: 'steps' | 'json'): DraftState {
  if (view === state.view) return { ...state, hasNoSteps: false };
  if (view === 'json') return { ...state, view, text: pretty(recipeOf(state.recipe)), hasNoSteps: false };
  const { value } = readRecipe(state);
  const recipe = value === undefined ? undefined : draftOf(value);
  return recipe === undefined ? { ...state, hasNoSteps: true } : { ...state, view, recipe, hasNoSteps: false };
}

export function withText(state: DraftState, text: string): DraftState {
  return { ...state, text, hasNoSteps: false };
}

export function withSteps(
  state: DraftState,
  change: (steps: readonly DraftStep[]) => readonly DraftStep[],
): DraftState {
  return { ...state, recipe: { ...state.recipe, steps: change(state.recipe.steps) } };
}

/** @returns undefined if the step was removed, or is elsewhere now and about to be drawn there */
export function stepAt({ recipe }: DraftState, index: number, key: string): DraftStep | undefined {
  const step = recipe.steps[index];
  return step?.key === key ? step : undefined;
}

/** Every other step stays the same object, so that it is not drawn again. */
export function withStep(state: DraftState, changed: DraftStep): DraftState {
  return withSteps(state, (steps) => steps.map((step) => (step.key === changed.key ? changed : step)));
}

function pretty(recipe: Json): string {
  return JSON.stringify(recipe, null, 2);
}
