import type { Row } from '../../../../functions/aws/database';
import { compareTexts } from './order';

/** The attributes that a table or an index is ordered by. */
export interface Keys {
  readonly partitionKey: string;
  readonly sortKey: string;
}

export type Partitions = Map<string, readonly Row[]>;

const none: readonly Row[] = [];

/** The rows of a partition in order. */
export function partition(partitions: Partitions, key: string): readonly Row[] {
  return partitions.get(key) ?? none;
}

/**
 * The place of the first row of which `isBefore` is false, among rows that are ordered so that it is true of those
 * before that place alone.
 */
export function placeOf(rows: readonly Row[], isBefore: (row: Row) => boolean): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(rows[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows with the same sort key, which only an index has, are ordered by the keys of the table. */
export function compareRows({ sortKey }: Keys, a: Row, b: Row): number {
  return compare(a, b, sortKey) || compare(a, b, 'pk') || compare(a, b, 'sk');
}

/** Puts a row in its place, or in the place of the one with the same keys. Lists are replaced, as tables share them. */
export function putRow(partitions: Partitions, keys: Keys, row: Row): void {
  const rows = partition(partitions, String(row[keys.partitionKey]));
  const at = placeOf(rows, (other) => compareRows(keys, other, row) < 0);
  const isThere = at < rows.length && compareRows(keys, rows[at]!, row) === 0;
  const next = rows.slice();
  next.splice(at, isThere ? 1 : 0, row);
  partitions.set(String(row[keys.partitionKey]), next);
}

export function removeRow(partitions: Partitions, keys: Keys, row: Row): void {
  const key = String(row[keys.partitionKey]);
  const left = partition(partitions, key).filter((other) => compareRows(keys, other, row) !== 0);
  if (left.length === 0) partitions.delete(key);
  else partitions.set(key, left);
}

function compare(a: Row, b: Row, name: string): number {
  return compareTexts(String(a[name]), String(b[name]));
}
