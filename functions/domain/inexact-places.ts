import { keptDigits, type NumberFault } from './exact-number';
import { endOfDecimal, endOfExponent, endOfText, isDigit } from './json-tokens';

/** A place in a JSON text of which the parsed value would not say what the text does. */
export interface InexactPlace {
  readonly path: readonly (string | number)[];
  readonly fault: NumberFault | 'repeated_name';
}

/** An object or array that is open at the present place of the scan. */
interface Container {
  isObject: boolean;
  /** Whether the next text is a name; only in an object. */
  expectsName: boolean;
  /** Of the present item of an array. */
  index: number;
  /** The present name of an object, as written between its quotes, and decoded once it is needed. */
  written: string;
  decoded: string | undefined;
  /** The names so far. A list is quicker than a set while it is short. */
  readonly few: string[];
  many: Set<string> | undefined;
}

const quote = 0x22;
const comma = 0x2c;
const listedNames = 8;

/**
 * Finds the numbers that parsing would change, and names that occur twice in one object, of which parsing keeps the last
 * one only. It takes one pass, stops after `limit` places, and calls nothing recursively.
 *
 * @param json a text that `JSON.parse` has accepted
 */
export function inexactPlaces(
  json: string,
  judge: (number: string) => NumberFault | undefined,
  limit: number,
): InexactPlace[] {
  const places: InexactPlace[] = [];
  const containers: Container[] = [];
  let level = 0;
  let current: Container | undefined;

  const note = (fault: InexactPlace['fault']) => {
    places.push({ path: containers.slice(0, level).map(stepOf), fault });
  };
  for (let at = 0; at < json.length && places.length < limit; at += 1) {
    const code = json.charCodeAt(at);
    if (code === quote) {
      const end = endOfText(json, at + 1);
      if (current?.expectsName === true) {
        current.expectsName = false;
        current.written = json.slice(at + 1, end);
        current.decoded = current.written.includes('\\') ? undefined : current.written;
        if (!isNew(current)) note('repeated_name');
      }
      at = end;
    } else if (code === comma && current !== undefined) {
      current.index += 1;
      current.expectsName = current.isObject;
    } else if (code === 0x5b || code === 0x7b) {
      current = opened((containers[level] ??= emptyContainer()), code === 0x7b);
      level += 1;
    } else if (code === 0x5d || code === 0x7d) {
      level -= 1;
      current = containers[level - 1];
    } else if (code === 0x2d || isDigit(code)) {
      const plainEnd = endOfDecimal(json, at + 1);
      const end = endOfExponent(json, plainEnd);
      const isShort = end === plainEnd ? end - at <= keptDigits : isSmall(json, at, plainEnd, end);
      const fault = isShort ? undefined : judge(json.slice(at, end));
      if (fault !== undefined) note(fault);
      at = end - 1;
    }
  }
  return places;
}

/** Six digits and an exponent of one, such as `1e2` and `-5e-9`, are below 1e15 and need no judgement either. */
function isSmall(json: string, at: number, plainEnd: number, end: number): boolean {
  const exponentDigits = end - plainEnd - (isDigit(json.charCodeAt(plainEnd + 1)) ? 1 : 2);
  return exponentDigits === 1 && plainEnd - at <= 6;
}

function emptyContainer(): Container {
  return { isObject: false, expectsName: false, index: 0, written: '', decoded: '', few: [], many: undefined };
}

/** Containers are used again for each value at their level, because a body has room for 85,000 of them. */
function opened(container: Container, isObject: boolean): Container {
  container.isObject = isObject;
  container.expectsName = isObject;
  container.index = 0;
  container.few.length = 0;
  container.many = undefined;
  return container;
}

function stepOf(container: Container): string | number {
  return container.isObject ? nameOf(container) : container.index;
}

function nameOf(container: Container): string {
  return (container.decoded ??= String(JSON.parse(`"${container.written}"`)));
}

/** Notes the present name. False if the object has it already, however it was escaped. */
function isNew(container: Container): boolean {
  const name = nameOf(container);
  const { few, many } = container;
  if (many === undefined) {
    if (few.includes(name)) return false;
    if (few.push(name) > listedNames) container.many = new Set(few.map(asKey));
    return true;
  }
  const { size } = many;
  return many.add(asKey(name)).size > size;
}

/** V8 hashes names that look like an index without its secret seed, so whoever knows that could make them all collide. */
function asKey(name: string): string {
  return `"${name}`;
}
