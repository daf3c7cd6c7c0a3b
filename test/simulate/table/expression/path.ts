import type { Row } from '../../../../functions/aws/database';
import type { Scope } from './expression';
import type { Tokens } from './tokens';

/** A path to an attribute, or to an entry of a map, as it is written: `held.#id`. */
export type Path = readonly string[];

/** Words that cannot be attributes. */
const words = new Set(['AND', 'OR', 'NOT', 'IN', 'BETWEEN', 'SET', 'REMOVE', 'ADD', 'DELETE']);

export function isName(token: string | undefined): boolean {
  return token !== undefined && /^#?[A-Za-z_]\w*$|^#\w+$/.test(token) && !words.has(token);
}

export function parsePath(tokens: Tokens): Path {
  const path: string[] = [];
  do {
    if (!isName(tokens.peek())) throw tokens.unknown();
    path.push(tokens.next());
  } while (tokens.take('.'));
  return path;
}

export function nameOf(token: string, names: Scope['names']): string {
  return token.startsWith('#') ? names[token]! : token;
}

/** Reads the value at a path, undefined if there is none. */
export function readerOf(path: Path): (scope: Scope) => unknown {
  const [only] = path;
  if (path.length === 1 && only !== undefined) return ({ row, names }) => entryOf(row, nameOf(only, names));
  return ({ row, names }) => {
    let value: unknown = row;
    for (const token of path) value = isMap(value) ? entryOf(value, nameOf(token, names)) : undefined;
    return value;
  };
}

export function isMap(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set);
}

/** Attributes may have names that every object has, such as `constructor`. */
function entryOf(map: Row, name: string): unknown {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
