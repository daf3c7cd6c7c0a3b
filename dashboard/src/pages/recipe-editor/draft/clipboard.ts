import type { Json } from '../../../../../functions/domain/json';
import { isObject, parseJson } from '../../../parts/json';
import { isStepType } from '../../../workflow/step-types';
import { draftOf, recipeOf, type DraftStep } from './recipe';

/** Steps as the text that is copied. It is a recipe, so it can be pasted into a file, a chat or another workflow. */
export function textOfSteps(steps: readonly DraftStep[]): string {
  const { steps: copied } = recipeOf({ inputs: [], continueOnError: false, steps });
  return JSON.stringify({ steps: copied }, null, 2);
}

/** The steps in a pasted text: a recipe, a list of steps or one step. Undefined if it has none. */
export function stepsFromText(text: string): readonly DraftStep[] | undefined {
  const list = listIn(text);
  return list === undefined || list.length === 0 ? undefined : draftOf({ steps: list })?.steps;
}

function listIn(text: string): Json[] | undefined {
  try {
    const value = parseJson(text);
    const list = isObject(value) && Array.isArray(value['steps']) ? value['steps'] : value;
    const steps = Array.isArray(list) ? list : [list];
    return steps.every((step) => isObject(step) && isStepType(step['type'])) ? steps : undefined;
  } catch {
    return undefined;
  }
}
