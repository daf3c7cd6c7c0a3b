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
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- JSON.parse returns JSON and nothing else
  const value: Json = JSON.parse(text);
  const [first] = inexactPlaces(text, judgeNumber, 1);
  if (first === undefined) return value;
  const place = first.path.join('.');
  throw new SyntaxError(
    first.fault === 'repeated_name'
      ? `The name ${place} occurs twice; write it once.`
      : `The number${place === '' ? '' : ` at ${place}`} cannot be kept exactly; write it as a string.`,
  );
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
