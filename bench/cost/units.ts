import { tableShape } from '../../functions/contract/table';
import { itemBytes } from './count/item-size';

type Item = Readonly<Record<string, unknown>>;

/**
 * Write request units of one write. The local engine does not count indexes, so both parts are computed as described in
 * docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html and GSI.html
 */
export interface WriteUnits {
  readonly table: number;
  /** Units of both indexes. */
  readonly index: number;
  /** The part of `index` that belongs to the index `open`. */
  readonly open: number;
}

const writeUnitBytes = 1024;
const readUnitBytes = 4096;

/**
 * @param before undefined if there was no item
 * @param after undefined if the write deletes the item
 */
export function writeUnits(before: Item | undefined, after: Item | undefined): WriteUnits {
  const units = (item: Item | undefined) => Math.ceil(itemBytes(item ?? {}) / writeUnitBytes);
  return {
    // An update is charged for the larger of the two items, no matter how little it changes.
    table: Math.max(1, units(before), units(after)),
    index: indexes.reduce((total, index) => total + indexUnits(index, before, after), 0),
    open: indexUnits(tableShape.openIndex, before, after),
  };
}

/** A write whose condition fails is charged for the size of the existing item. */
export function refusedWriteUnits(existing: Item | undefined): WriteUnits {
  return { table: writeUnits(existing, existing).table, index: 0, open: 0 };
}

/** @param bytes size of each item read; a query sums the sizes before rounding, a batch rounds each */
export function readUnits(bytes: readonly number[], how: { consistent: boolean; summed: boolean }): number {
  const sizes = how.summed ? [bytes.reduce((total, one) => total + one, 0)] : bytes;
  const units = sizes.reduce((total, size) => total + Math.max(1, Math.ceil(size / readUnitBytes)), 0);
  return how.consistent ? units : units / 2;
}

const indexes = [tableShape.openIndex, tableShape.parentIndex];

/** Both indexes contain only keys: adding or removing an entry costs one unit, moving it two, and all else nothing. */
function indexUnits(index: (typeof indexes)[number], before: Item | undefined, after: Item | undefined): number {
  const [from, to] = [before, after].map((item) => indexKeyOf(index, item));
  if (from === to) return 0;
  return (from === undefined ? 0 : 1) + (to === undefined ? 0 : 1);
}

function indexKeyOf({ partitionKey, sortKey }: (typeof indexes)[number], item: Item | undefined): string | undefined {
  const key = [item?.[partitionKey], item?.[sortKey]];
  return key.includes(undefined) ? undefined : JSON.stringify(key);
}
