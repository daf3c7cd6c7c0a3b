import { maxListedFaults, ProductError, type BodyFault } from './errors';
import { judgeNumber } from './exact-number';
import { pointer } from './faults';
import { inexactPlaces, type InexactPlace } from './inexact-places';

/**
 * A pointer with more characters is cut and ends in `…`: a number can lie below 100 long names, and a hundred such pointers
 * would be longer than the answer that Lambda can give, 6 MB.
 */
export const maxPointerCharacters = 1000;

const details: Readonly<Record<InexactPlace['fault'], string>> = {
  unsafe: `A whole number beyond ${Number.MAX_SAFE_INTEGER} is not exact for every program; send it as a string.`,
  changed: 'A 64-bit floating-point number cannot hold this number exactly; send it as a string.',
  repeated_name: 'The object has this name twice, so one of the values would be lost; send each name once.',
};

/**
 * Why a text is not accepted although it is JSON: it holds a number that would arrive as another one, or an object with a
 * repeated name (RFC 7493, sections 2.2 and 2.3). Both would otherwise be changed without a word.
 *
 * @param json a text that `JSON.parse` has accepted
 * @param at where the text stands in what was sent; pointers begin there
 */
export function inexactRefusal(json: string, at: readonly string[] = []): ProductError | undefined {
  const places = inexactPlaces(json, judgeNumber, maxListedFaults + 1);
  const faults = places.map(({ path, fault }) => faultOf({ path: [...at, ...path], fault }));
  const [first] = faults;
  if (first === undefined) return undefined;
  const repeats = places.some(({ fault }) => fault === 'repeated_name');
  const what = repeats
    ? 'The JSON repeats a name in an object.'
    : 'The JSON holds a number that cannot be kept exactly.';
  const where = `First: ${first.pointer}: ${first.detail}`;
  return new ProductError(repeats ? 'malformed_json' : 'invalid_number', `${what} ${where}`, { faults });
}

function faultOf({ path, fault }: InexactPlace): BodyFault {
  const code = fault === 'repeated_name' ? fault : 'invalid_number';
  return { pointer: pointerOf(path), code, detail: details[fault] };
}

function pointerOf(path: InexactPlace['path']): string {
  let written = pointer([]);
  for (const step of path) {
    if (written.length > maxPointerCharacters) return `${written}/…`;
    written += pointer([step]).slice(1);
  }
  return written;
}
