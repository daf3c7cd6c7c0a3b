import { isPlainObject, type Json, type JsonObject } from './json';

/** `{{input.a.b.0}}`, spaces around the path allowed. Text only: nothing is evaluated. */
const placeholder = /\{\{\s*input\.([^{}]+)\}\}/g;

export interface Rendered<T> {
  readonly value: T;
  /** Paths that were not in the input, as written after `input.`; their placeholders stay in the text. */
  readonly missing: readonly string[];
}

/** Replaces each `{{input.path}}` in `text`: a string as is, anything else as its JSON. */
export function renderText(text: string, input: JsonObject): Rendered<string> {
  const missing = new Set<string>();
  const value = replacePlaceholders(text, input, missing);
  return { value, missing: [...missing] };
}

/** Renders every string value in a payload. Keys are left as they are. */
export function renderPayload(payload: JsonObject, input: JsonObject): Rendered<JsonObject> {
  const missing = new Set<string>();
  const entries = Object.entries(payload).map(([key, value]) => [key, renderJson(value, input, missing)] as const);
  return { value: Object.fromEntries(entries), missing: [...missing] };
}

function renderJson(value: Json, input: JsonObject, missing: Set<string>): Json {
  if (typeof value === 'string') return replacePlaceholders(value, input, missing);
  if (Array.isArray(value)) return value.map((child) => renderJson(child, input, missing));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, renderJson(child, input, missing)]));
}

function replacePlaceholders(text: string, input: JsonObject, missing: Set<string>): string {
  return text.replaceAll(placeholder, (whole, between: string) => {
    const path = between.trim();
    const found = lookUp(input, path.split('.'));
    if (found !== undefined) return typeof found === 'string' ? found : JSON.stringify(found);
    missing.add(path);
    return whole;
  });
}

/** Own keys and array indexes only, so `constructor` or `length` find nothing. */
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
