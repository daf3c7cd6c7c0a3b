import type { Json, JsonObject } from '../../../../functions/domain/json';
import { isObject, parseJson } from '../../parts/json';

export type ReadInput =
  | { readonly input: JsonObject | undefined; readonly fault?: never }
  | { readonly input?: never; readonly fault: string };

/** Reads the text that the user typed as a run's input. Empty text is no input. */
export function readInput(text: string): ReadInput {
  if (text.trim() === '') return { input: undefined };
  try {
    const value = parseJson(text);
    if (isObject(value)) return { input: value };
    return { fault: 'The input must be a JSON object, such as {"campaign": "Spring Promo"}.' };
  } catch (error) {
    return { fault: `The text cannot be used as JSON. ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** The paths after `input.` that a recipe's texts read, in the order of their first use. Names in a payload read nothing. */
export function pathsReadBy(recipe: Json): string[] {
  const found = textsIn(recipe).flatMap((text) => [
    ...text.matchAll(/\{\{\s*input\.([^{}]+?)\s*(?:\|\s*json\s*)?\}\}/g),
  ]);
  return [...new Set(found.map(([, path = '']) => path.trim()))];
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** An input that has every path with an empty value: for `a.b` and `c`, it is `{a: {b: ''}, c: ''}`. */
export function emptyInput(paths: readonly string[]): JsonObject {
  const pathsBelow = new Map<string, string[]>();
  for (const path of paths) {
    const [name = path, ...rest] = path.split('.');
    pathsBelow.set(name, [...(pathsBelow.get(name) ?? []), ...(rest.length === 0 ? [] : [rest.join('.')])]);
  }
  return Object.fromEntries(
    [...pathsBelow].map(([name, inner]) => [name, inner.length === 0 ? '' : emptyInput(inner)]),
  );
}
