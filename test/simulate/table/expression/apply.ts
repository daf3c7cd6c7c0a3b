import type { Row } from '../../../../functions/aws/database';
import { indexes, tableKeys } from '../rows/table-rows';
import { invalid } from '../refusals';
import type { Scope } from './expression';
import { isMap, nameOf } from './path';
import type { Clause } from './update';

/** The paths of an update's clauses, with the names of attributes. @throws ValidationException if two overlap */
export function pathsOf(clauses: readonly Clause[], names: Scope['names']): string[][] {
  const paths = clauses.map(({ path }) => path.map((token) => nameOf(token, names)));
  for (const [index, path] of paths.entries()) {
    for (let other = 0; other < index; other += 1)
      if (overlap(paths[other]!, path)) throw invalid('Two document paths overlap with each other');
    checkKeys(path);
  }
  return paths;
}

/** The attributes of a row after an update, each computed from the row as it was before. */
export function applied(clauses: readonly Clause[], paths: readonly (readonly string[])[], scope: Scope): Row {
  const values = clauses.map(({ valueOf }) => valueOf(scope));
  const row = { ...scope.row };
  for (const [index, path] of paths.entries()) change(row, path, values[index]);
  return row;
}

function change(map: Row, [name, ...rest]: readonly string[], value: unknown): void {
  if (name === undefined) return;
  if (rest.length > 0) {
    const inner = Object.hasOwn(map, name) ? map[name] : undefined;
    if (!isMap(inner)) throw invalid('The document path provided in the update expression is invalid for update');
    const copy = { ...inner };
    change(copy, rest, value);
    map[name] = Object.freeze(copy);
  } else if (value === undefined) Reflect.deleteProperty(map, name);
  else map[name] = value;
}

function overlap(a: readonly string[], b: readonly string[]): boolean {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at += 1) if (a[at] !== b[at]) return false;
  return true;
}

function checkKeys(path: readonly string[]): void {
  const [name = ''] = path;
  if (name === tableKeys.partitionKey || name === tableKeys.sortKey)
    throw invalid(`Cannot update attribute ${name}. This attribute is part of the key`);
  if (path.length > 1 && indexes.some((index) => name === index.partitionKey || name === index.sortKey))
    throw invalid(`Key attributes must be scalars: IndexKey: ${name}`);
}
