import { plural } from '../../../parts/plural';
import type { DraftInput } from '../draft/inputs';
import type { DraftRecipe, DraftStep } from '../draft/recipe';
import type { DraftState } from '../draft/state';

/** What of a draft is undone: everything that is typed, and not what it began from. */
export type Content = Pick<DraftState, 'name' | 'description' | 'tool' | 'view' | 'recipe' | 'text'>;

/** What a change was about. */
export interface Difference {
  /** The field that was typed into. Undefined for a change that is one act, such as moving a step. */
  readonly field?: string;
  /** The same in words, behind "Undo": `typing the name`. */
  readonly what: string;
}

const inputFields = ['name', 'description', 'default', 'example', 'choices', 'min', 'max'] as const;
const stepFields = ['message', 'seconds', 'event', 'payload'] as const;

/** Undefined if nothing changed but the view. It is called for each key, so it makes nothing but what it returns. */
export function differenceOf(before: Content, after: Content): Difference | undefined {
  if (before.view !== after.view) return undefined;
  if (before.name !== after.name) return { field: 'name', what: 'typing the name' };
  if (before.description !== after.description) return { field: 'description', what: 'typing the description' };
  if (before.tool !== after.tool) return { what: 'the tool of its own' };
  if (before.text !== after.text) return { field: 'json', what: 'typing JSON' };
  return before.recipe === after.recipe ? undefined : inRecipe(before.recipe, after.recipe);
}

function inRecipe(before: DraftRecipe, after: DraftRecipe): Difference | undefined {
  if (before.continueOnError !== after.continueOnError) return { what: 'Continue on error' };
  // Renaming an input changes the texts that name it too, and is one act.
  if (before.inputs !== after.inputs) return inInputs(before.inputs, after.inputs);
  return inSteps(before.steps, after.steps);
}

function inInputs(before: readonly DraftInput[], after: readonly DraftInput[]): Difference | undefined {
  if (after.length > before.length) return { what: 'adding an input' };
  if (after.length < before.length) return { what: 'removing an input' };
  for (const [index, input] of after.entries()) {
    const old = before[index];
    if (old === input || old === undefined) continue;
    const field = inputFields.find((name) => old[name] !== input[name]);
    if (field !== undefined) return { field: placeOfField(input.key, field), what: `typing in input ${input.name}` };
    return { what: `changing input ${input.name}` };
  }
  return undefined;
}

function inSteps(before: readonly DraftStep[], after: readonly DraftStep[]): Difference | undefined {
  const more = after.length - before.length;
  if (more > 0) return { what: `adding ${plural(more, 'step')}` };
  if (more < 0) return { what: `removing ${plural(-more, 'step')}` };
  for (const [index, step] of after.entries()) {
    const old = before[index];
    if (old === step || old === undefined) continue;
    return old.key === step.key ? inStep(old, step, index) : { what: 'moving steps' };
  }
  return undefined;
}

function inStep(before: DraftStep, after: DraftStep, index: number): Difference {
  if (before.type !== after.type) return { what: `changing the type of step ${index + 1}` };
  const field = stepFields.find((name) => before[name] !== after[name]);
  return { field: placeOfField(after.key, field ?? 'message'), what: `typing in step ${index + 1}` };
}

/** Names a field of a step, by the key that the step keeps wherever it is. */
export function placeOfField(stepKey: string, field: string): string {
  return `${stepKey}.${field}`;
}
