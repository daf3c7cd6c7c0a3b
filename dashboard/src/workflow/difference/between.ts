import type { Json, JsonObject } from '../../../../functions/domain/json';
import { isObject } from '../../parts/json';
import { stepChanges } from './step-changes';
import { memberChanges, valueChange, type Change } from './values';

/** What differs between two recipes, or between two workflows with a name, a description and a recipe. */
export function changesBetween(before: Json, after: Json): readonly Change[] {
  const [oldRecipe, newRecipe] = [recipeIn(before), recipeIn(after)];
  return [
    ...ownChanges(before, after),
    ...inputChanges(objectIn(oldRecipe, 'inputs'), objectIn(newRecipe, 'inputs')),
    ...valueChange(
      'Continue on error',
      memberOf(oldRecipe, 'continue_on_error'),
      memberOf(newRecipe, 'continue_on_error'),
    ),
    ...stepChanges(oldRecipe, newRecipe),
  ];
}

function recipeIn(value: Json): Json {
  return isObject(value) && value['recipe'] !== undefined ? value['recipe'] : value;
}

function ownChanges(before: Json, after: Json): readonly Change[] {
  if (recipeIn(before) === before) return [];
  return ['name', 'description'].flatMap((field) =>
    valueChange(field === 'name' ? 'Name' : 'Description', memberOf(before, field), memberOf(after, field)),
  );
}

function inputChanges(before: JsonObject, after: JsonObject): readonly Change[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const [old, now] = [before[name], after[name]];
    if (!isObject(old) || !isObject(now)) return valueChange(`Input ${name}`, old, now);
    return memberChanges(`Input ${name}`, old, now);
  });
}

function memberOf(value: Json, member: string): Json | undefined {
  return isObject(value) ? value[member] : undefined;
}

function objectIn(value: Json, member: string): JsonObject {
  const found = memberOf(value, member);
  return isObject(found) ? found : {};
}
