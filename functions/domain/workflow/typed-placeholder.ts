/**
 * `{{input.path | json}}`: the value of the input with its type, where `{{input.path}}` would be its text. It must be the
 * whole of a text in a payload, because only there a value of another type can take the text's place.
 */
const typed = /\{\{\s*input\.([^{}]+)\|\s*json\s*\}\}/;
const typedAlone = new RegExp(`^${typed.source}$`);

/** The path of a text that is one typed placeholder; undefined for any other text. */
export function typedPath(text: string): string | undefined {
  return typedAlone.exec(text)?.[1]?.trim();
}

/** Whether a text holds a typed placeholder. */
export function hasTyped(text: string): boolean {
  return typed.test(text);
}

/** A text in a payload, with the keys and indexes that lead to it. */
export interface TextInPayload {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** The texts of a payload that hold a typed placeholder, alone or among other text. */
export function textsWithTyped(payload: unknown): TextInPayload[] {
  const found: TextInPayload[] = [];
  collect(payload, [], found);
  return found;
}

/** The path is changed in place and copied only for what is found. */
function collect(value: unknown, path: (string | number)[], found: TextInPayload[]): void {
  if (typeof value === 'string' && hasTyped(value)) found.push({ path: [...path], text: value });
  if (typeof value !== 'object' || value === null) return;
  const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [key, child] of entries) {
    path.push(key);
    collect(child, path, found);
    path.pop();
  }
}
