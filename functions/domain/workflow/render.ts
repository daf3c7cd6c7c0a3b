import { isPlainObject, type Json, type JsonObject } from '../json';
import { placeholder } from './placeholder';
import { typedPath } from './typed-placeholder';

/**
 * Rendering stops after this many characters came from the input: a short recipe with a large input could otherwise
 * produce hundreds of megabytes. The number is above every limit of rendered text, so a text that reaches it is
 * refused.
 */
const maxFilledCharacters = 64 * 1024;

export interface Rendered<T> {
  readonly value: T;
  /** Paths that the input does not contain, as written after `input.`. Their placeholders stay in the text. */
  readonly missing: readonly string[];
}

/** The state of one rendering so far. */
interface Filling {
  readonly input: JsonObject;
  readonly missing: Set<string>;
  filledCharacters: number;
}

/**
 * Replaces each `{{input.path}}` in `text`: by a string as it is, by any other value as its JSON. `{{'{{'}}` becomes `{{`.
 * What was filled in is not rendered again.
 */
export function renderText(text: string, input: JsonObject): Rendered<string> {
  return rendered(input, (filling) => fill(text, filling));
}

/**
 * Renders every string value in a payload. Keys are not rendered. A value that is `{{input.path | json}}` becomes the value of
 * the input itself, whatever its type.
 */
export function renderPayload(payload: JsonObject, input: JsonObject): Rendered<JsonObject> {
  return rendered(input, (filling) => renderObject(payload, filling));
}

function rendered<T>(input: JsonObject, render: (filling: Filling) => T): Rendered<T> {
  const filling: Filling = { input, missing: new Set(), filledCharacters: 0 };
  const value = render(filling);
  return { value, missing: [...filling.missing] };
}

function renderObject(value: JsonObject, filling: Filling): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, renderJson(child, filling)]));
}

function renderJson(value: Json, filling: Filling): Json {
  if (typeof value === 'string') return renderValue(value, filling);
  if (Array.isArray(value)) return value.map((child) => renderJson(child, filling));
  return typeof value === 'object' && value !== null ? renderObject(value, filling) : value;
}

function renderValue(text: string, filling: Filling): Json {
  const path = typedPath(text);
  if (path === undefined) return fill(text, filling);
  if (filling.filledCharacters > maxFilledCharacters) return text;
  const found = lookUp(filling.input, path.split('.'));
  if (found === undefined) {
    filling.missing.add(path);
    return text;
  }
  filling.filledCharacters += JSON.stringify(found).length;
  return found;
}

function fill(text: string, filling: Filling): string {
  return text.replaceAll(placeholder, (whole, between: string | undefined) => {
    if (between === undefined) return '{{';
    if (filling.filledCharacters > maxFilledCharacters) return whole;
    const path = between.trim();
    const found = lookUp(filling.input, path.split('.'));
    if (found === undefined) {
      filling.missing.add(path);
      return whole;
    }
    const filled = typeof found === 'string' ? found : JSON.stringify(found);
    filling.filledCharacters += filled.length;
    return filled;
  });
}

/** Only own keys and array indexes are found, so `constructor` and `length` find nothing. */
function lookUp(value: Json, path: readonly string[]): Json | undefined {
  let current: unknown = value;
  for (const key of path) {
    if (Array.isArray(current)) {
      if (!/^(0|[1-9]\d*)$/.test(key)) return undefined;
      current = current[Number(key)];
    } else if (isPlainObject(current) && Object.hasOwn(current, key)) {
      current = current[key];
    } else {
      return undefined;
    }
  }
  return isJson(current) ? current : undefined;
}

function isJson(value: unknown): value is Json {
  return value !== undefined;
}
