import { judgeNumber } from '../../../functions/domain/exact-number';
import { inexactPlaces } from '../../../functions/domain/inexact-places';
import type { Json, JsonObject } from '../../../functions/domain/json';

/**
 * Parses what a user typed. A number or a repeated name that parsing would change is refused here, because the API would
 * be sent what parsing made of it.
 *
 * @throws SyntaxError if the text is not JSON, or would be changed
 */
export function parseJson(text: string): Json {
  const value = parsed(text);
  const [first] = inexactPlaces(text, judgeNumber, 1);
  if (first === undefined) return value;
  const place = first.path.join('.');
  throw new SyntaxError(
    first.fault === 'repeated_name'
      ? `The name ${place} occurs twice; write it once.`
      : `The number${place === '' ? '' : ` at ${place}`} cannot be kept exactly; write it as a string.`,
  );
}

function parsed(text: string): Json {
  try {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- JSON.parse returns JSON and nothing else
    return JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(whereItBreaks(text, error instanceof Error ? error.message : ''), { cause: error });
  }
}

/** Browsers say what they expected there in words of their own; all of them tell the place. */
function whereItBreaks(text: string, message: string): string {
  const [, position] = /position (\d+)/.exec(message) ?? [];
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? placeAt(text, position) ?? [];
  const isAtEnd = position === undefined ? line === undefined : Number(position) >= text.trimEnd().length;
  if (isAtEnd) return 'It ends too early: a bracket, a brace or a quotation mark is missing.';
  return `Look at line ${line}, column ${column}, or just before it.`;
}

function placeAt(text: string, position: string | undefined): readonly string[] | undefined {
  if (position === undefined) return undefined;
  const lines = text.slice(0, Number(position)).split('\n');
  return ['', String(lines.length), String((lines.at(-1)?.length ?? 0) + 1)];
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two values are the same whatever the order of their keys is. */
export function isSameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((value, index) => isSameJson(value, other[index]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSameJson(one[key], other[key]))
  );
}
