import type { Json } from '../../../functions/domain/json';
import { isObject } from '../parts/json';

/** The steps of a stored recipe. A recipe may have been stored before a rule existed, so a step can be any JSON. */
export function stepsIn(recipe: Json): readonly Json[] {
  return isObject(recipe) && Array.isArray(recipe['steps']) ? recipe['steps'] : [];
}
