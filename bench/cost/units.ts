import { tableShape } from '../../functions/contract/table';
import { itemBytes } from './count/item-size';

type Item = Readonly<Record<string, unknown>>;

/**
 * Write request units of one write. The engine we count on knows nothing of indexes, so both parts are computed:
 * docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html and GSI.html
 */
export interface WriteUnits {
  readonly table: number;
  /** Of both indexes. */
  readonly index: number;
  /** Of these, those of the index of what is open. */
  readonly open: number;
}

const writeUnitBytes = 1024;
const readUnitBytes = 4096;

/** @param before undefined when there was no item; the same of `after` and a deletion */
export function writeUnits(before: Item | undefined, after: Item | undefined): WriteUnits {
  const units = (item: Item | undefined) => Math.ceil(itemBytes(item ?? {}) / writeUnitBytes);
  return {
    // An update is charged for the larger of the two, whatever it changes.
    table: Math.max(1, units(before), units(after)),
    index: indexes.reduce((total, index) => total + indexUnits(index, before, after), 0),
    open: indexUnits(tableShape.openIndex, before, after),
  };
}

/** A write whose condition failed costs what the item that is there costs. */
export function refusedWriteUnits(found: Item | undefined): WriteUnits {
  return { table: writeUnits(found, found).table, index: 0, open: 0 };
}

/** @param bytes of each item looked at; a query's are summed before they are rounded, a batch's are not */
export function readUnits(bytes: readonly number[], how: { consistent: boolean; summed: boolean }): number {
  const sizes = how.summed ? [bytes.reduce((total, one) => total + one, 0)] : bytes;
  const units = sizes.reduce((total, size) => total + Math.max(1, Math.ceil(size / readUnitBytes)), 0);
  return how.consistent ? units : units / 2;
}

const indexes = [tableShape.openIndex, tableShape.parentIndex];

/** Both indexes hold keys only: entering and leaving cost one unit each, moving costs both, and all else nothing. */
function indexUnits(index: (typeof indexes)[number], before: Item | undefined, after: Item | undefined): number {
  const [from, to] = [before, after].map((item) => placeIn(index, item));
  if (from === to) return 0;
  return (from === undefined ? 0 : 1) + (to === undefined ? 0 : 1);
}

function placeIn({ partitionKey, sortKey }: (typeof indexes)[number], item: Item | undefined): string | undefined {
  const place = [item?.[partitionKey], item?.[sortKey]];
  return place.includes(undefined) ? undefined : JSON.stringify(place);
}
