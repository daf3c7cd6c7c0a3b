import type { Json, JsonObject } from '../../../functions/domain/json';
import { parseJson, isObject } from '../parts/json';

export type ReadInput =
  | { readonly input: JsonObject | undefined; readonly fault?: never }
  | { readonly input?: never; readonly fault: string };

/** What a person typed as a run's input; empty is none. */
export function readInput(text: string): ReadInput {
  if (text.trim() === '') return { input: undefined };
  try {
    const value = parseJson(text);
    if (isObject(value)) return { input: value };
    return { fault: 'The input is a JSON object, such as {"campaign": "Spring Promo"}.' };
  } catch (error) {
    return { fault: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Paths after `input.` that a recipe's texts read, in order of first use. */
export function pathsReadBy(recipe: Json): string[] {
  const paths = new Set<string>();
  for (const [, path = ''] of JSON.stringify(recipe).matchAll(/\{\{\s*input\.([^{}"\\]+?)\s*\}\}/g)) paths.add(path);
  return [...paths];
}

/** An input with every path there and nothing in it: `a.b` and `c` are `{a: {b: ''}, c: ''}`. */
export function emptyInput(paths: readonly string[]): JsonObject {
  const below = new Map<string, string[]>();
  for (const path of paths) {
    const [name = path, ...rest] = path.split('.');
    below.set(name, [...(below.get(name) ?? []), ...(rest.length === 0 ? [] : [rest.join('.')])]);
  }
  return Object.fromEntries([...below].map(([name, inner]) => [name, inner.length === 0 ? '' : emptyInput(inner)]));
}
