import type { Json } from '../../../../../functions/domain/json';
import { isSameRevision } from '../../../api/revision';
import { parseJson } from '../../../parts/json';
import { isSameEdit, type Edit, type Stored } from '../../../workflow/edit';
import { repeatedName, type DraftInput } from './inputs';
import { draftOf, recipeOf, type DraftRecipe, type DraftStep } from './recipe';

/** Everything that is typed into the editor, and what it began from. The view that is shown holds the recipe. */
export interface DraftState {
  /**
   * What the draft is a change of. It stays what it was when others save meanwhile, so that saving is refused then and
   * overwrites nothing unseen.
   */
  readonly base: Stored;
  readonly name: string;
  readonly description: string;
  /** Whether agents are offered it as a tool of its own. */
  readonly tool: boolean;
  readonly view: 'steps' | 'json';
  /** The recipe as long as the steps are shown. */
  readonly recipe: DraftRecipe;
  /** The recipe as long as JSON is shown. */
  readonly text: string;
  /** True if the person asked for the steps and the text cannot be shown as steps. */
  readonly hasNoSteps: boolean;
  /** How often the whole draft was replaced. What owns its text, such as the JSON editor, then begins anew. */
  readonly replaced: number;
}

/** The draft that changes nothing of a stored workflow. */
export function draftStateOf(base: Stored, replaced = 0): DraftState {
  const recipe = draftOf(base.recipe);
  return {
    base,
    name: base.name,
    description: base.description ?? '',
    tool: base.tool ?? false,
    view: recipe === undefined ? 'json' : 'steps',
    recipe: recipe ?? { inputs: [], continueOnError: false, steps: [] },
    text: recipe === undefined ? pretty(base.recipe) : '',
    hasNoSteps: false,
    replaced,
  };
}

/** Begins again from what is stored, in the view that is shown. */
export function replacedBy(state: DraftState, stored: Stored): DraftState {
  return inView(draftStateOf(stored, state.replaced + 1), state.view);
}

export type ReadRecipe =
  { readonly value: Json; readonly fault?: never } | { readonly value?: never; readonly fault: string };

/** The recipe in the view that is shown, or why the text is none. */
export function readRecipe({ view, text, recipe }: DraftState): ReadRecipe {
  if (view === 'steps') {
    const name = repeatedName(recipe.inputs);
    if (name === undefined) return { value: recipeOf(recipe) };
    return {
      fault: name === '' ? 'Two inputs have no name.' : `Two inputs have the name ${name}. Rename or remove one.`,
    };
  }
  try {
    return { value: parseJson(text) };
  } catch (error) {
    return { fault: `The text cannot be used as JSON. ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** What Save sends. Undefined while the text is not JSON. */
export function editOf(state: DraftState): Edit | undefined {
  const { value } = readRecipe(state);
  if (value === undefined) return undefined;
  const { tool, base } = state;
  return {
    name: state.name.trim(),
    description: state.description.trim() || null,
    // Only a change of it is sent, because an API of the release before does not know it.
    ...(tool !== (base.tool ?? false) && { tool }),
    recipe: value,
  };
}

/** Whether saving would change something of what the draft began from. */
export function isChanged(state: DraftState): boolean {
  const edit = editOf(state);
  return edit === undefined || !isSameEdit(edit, state.base);
}

/**
 * The draft after the workflow was read again. If nothing of the person's and nothing of others' could be lost, it goes on
 * from what is stored now; otherwise it stays as it is, and the person decides.
 */
export function afterReading(state: DraftState, stored: Stored): DraftState {
  if (isSameRevision(state.base.etag, stored.etag)) return state;
  if (!isChanged(state)) return replacedBy(state, stored);
  const edit = editOf(state);
  const isSavedAlready = edit !== undefined && isSameEdit(edit, stored);
  // Others may only have activated or deactivated it, which saving leaves as it is.
  return isSavedAlready || isSameEdit(state.base, stored) ? { ...state, base: stored } : state;
}

/** The same draft in another view. */
export function inView(state: DraftState, view: 'steps' | 'json'): DraftState {
  if (view === state.view) return { ...state, hasNoSteps: false };
  if (view === 'json') {
    // An input that would not be in the text would be lost.
    if (repeatedName(state.recipe.inputs) !== undefined) return state;
    return { ...state, view, text: pretty(recipeOf(state.recipe)), hasNoSteps: false };
  }
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

export function withInputs(
  state: DraftState,
  change: (inputs: readonly DraftInput[]) => readonly DraftInput[],
): DraftState {
  return { ...state, recipe: { ...state.recipe, inputs: change(state.recipe.inputs) } };
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
