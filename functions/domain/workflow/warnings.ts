import * as z from 'zod/mini';
import { maxListedFaults } from '../errors';
import { pointer } from '../faults';
import type { Inputs } from './input/declaration';
import { unsureIn } from './input/undeclared';
import type { Recipe } from './recipe';
import { unfilledIn, unfilledInName } from './unfilled';

/** Something in a valid recipe that is probably not meant. Unlike a fault, it does not keep the recipe from being written. */
export const warningSchema = z.object({
  /** A JSON pointer as a URI fragment, to the place in the recipe, or in the body that holds it. */
  pointer: z.string(),
  /**
   * `unknown_placeholder`: a text in double braces stays as it is whatever a run's input holds. `undeclared_input`: a
   * placeholder names an input that the recipe does not declare, although it declares others. `optional_input`: one that a run
   * may be started without.
   */
  code: z.string(),
  detail: z.string(),
});
export type Warning = z.infer<typeof warningSchema>;

const unknown = 'unknown_placeholder';

/** The characters of all warnings together. Deep in a payload, each of a hundred could have a pointer of 30 KB. */
const maxCharacters = 64 * 1024;

/** Warnings while they are collected, and how many characters they have. */
interface Collected {
  readonly warnings: Warning[];
  readonly inputs: Inputs;
  characters: number;
}

/**
 * What the author of a recipe should look at again, in the order of its steps: the first 100, or fewer if they are long.
 *
 * @param at the place of the recipe in the request body, as a path of keys
 */
export function warningsOf(recipe: Recipe, at: readonly string[] = []): Warning[] {
  const collected: Collected = { warnings: [], inputs: recipe.inputs ?? {}, characters: 0 };
  for (const [index, step] of recipe.steps.entries()) {
    const path = [...at, 'steps', index];
    if (step.type === 'log') collect(step.message, [...path, 'message'], collected);
    if (step.type === 'fire_webhook_event') collect(step.payload, [...path, 'payload'], collected);
  }
  return collected.warnings;
}

/** The path is changed in place and copied only for what is found. */
function collect(value: unknown, path: (string | number)[], collected: Collected): void {
  if (left(collected) === 0) return;
  if (typeof value === 'string') {
    for (const detail of unfilledIn(value, left(collected))) add(path, { code: unknown, detail }, collected);
    for (const unsure of unsureIn(value, collected.inputs, left(collected))) add(path, unsure, collected);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    path.push(key);
    const inName = typeof key === 'string' ? unfilledInName(key) : undefined;
    if (inName !== undefined) add(path, { code: unknown, detail: inName }, collected);
    collect(child, path, collected);
    path.pop();
  }
}

function left({ warnings, characters }: Collected): number {
  return characters > maxCharacters ? 0 : maxListedFaults - warnings.length;
}

function add(
  path: readonly (string | number)[],
  { code, detail }: Omit<Warning, 'pointer'>,
  collected: Collected,
): void {
  if (left(collected) === 0) return;
  const warning = { pointer: pointer(path), code, detail };
  collected.warnings.push(warning);
  collected.characters += warning.pointer.length + detail.length;
}
