import type { Row } from '../../../../functions/aws/database';
import { tableShape } from '../../../../functions/contract/table';
import { storedRow } from '../stored-value';
import { compareTexts } from './order';
import { partition, placeOf, putRow, removeRow, type Keys, type Partitions } from './partitions';

/** The attributes of the table's own key. */
export const tableKeys: Keys = tableShape;

export const indexes: readonly ({ readonly name: string } & Keys)[] = [tableShape.openIndex, tableShape.parentIndex];

/** The rows of one table and of its indexes. Rows are frozen, and a write replaces them. */
export interface TableRows {
  readonly all: () => readonly Row[];
  readonly get: (pk: string, sk: string) => Row | undefined;
  readonly put: (before: Row | undefined, row: Row) => void;
  readonly remove: (before: Row) => void;
  /** The rows of a partition of the table. */
  readonly partition: (key: string) => readonly Row[];
  /** The entries of a partition of an index. An entry has the keys alone. */
  readonly indexPartition: (index: string, key: string) => readonly Row[];
}

interface Stored {
  readonly table: Partitions;
  readonly ofIndex: ReadonlyMap<string, Partitions>;
}

/** What was made of a list of first rows, so that thousands of tables that begin with it copy only its partitions. */
const made = new WeakMap<readonly Row[], Stored>();

export function tableRows(first: readonly Row[]): TableRows {
  const { table, ofIndex } = copyOf(made.get(first) ?? make(first));
  /** All rows, until the next write. */
  let inOrder: readonly Row[] | undefined;

  function get(pk: string, sk: string): Row | undefined {
    const rows = partition(table, pk);
    const found = rows[placeOf(rows, (row) => compareTexts(String(row['sk']), sk) < 0)];
    return found?.['sk'] === sk ? found : undefined;
  }

  return {
    all: () => (inOrder ??= [...table.keys()].sort(compareTexts).flatMap((pk) => partition(table, pk))),
    get,
    put: (before, row) => {
      inOrder = undefined;
      putRow(table, tableKeys, row);
      follow(ofIndex, before, row);
    },
    remove: (before) => {
      inOrder = undefined;
      removeRow(table, tableKeys, before);
      follow(ofIndex, before, undefined);
    },
    partition: (key) => partition(table, key),
    indexPartition: (index, key) => partition(ofIndex.get(index)!, key),
  };
}

function make(first: readonly Row[]): Stored {
  const stored: Stored = { table: new Map(), ofIndex: new Map(indexes.map(({ name }) => [name, new Map()])) };
  for (const row of first.map(storedRow)) {
    putRow(stored.table, tableKeys, row);
    follow(stored.ofIndex, undefined, row);
  }
  made.set(first, stored);
  return stored;
}

function copyOf({ table, ofIndex }: Stored): Stored {
  return { table: new Map(table), ofIndex: new Map([...ofIndex].map(([name, rows]) => [name, new Map(rows)])) };
}

/** Brings the indexes to where a row is. This is the only place that changes them, so that a lag could be put here. */
function follow(ofIndex: ReadonlyMap<string, Partitions>, before: Row | undefined, after: Row | undefined): void {
  for (const index of indexes) {
    if (isSame(index, before, after)) continue;
    const partitions = ofIndex.get(index.name)!;
    if (isIn(index, before)) removeRow(partitions, index, before);
    if (isIn(index, after)) putRow(partitions, index, entryOf(index, after));
  }
}

function isSame({ partitionKey, sortKey }: Keys, before: Row | undefined, after: Row | undefined): boolean {
  return before?.[partitionKey] === after?.[partitionKey] && before?.[sortKey] === after?.[sortKey];
}

/** A row is in an index only if it has both of its attributes. */
function isIn({ partitionKey, sortKey }: Keys, row: Row | undefined): row is Row {
  return row?.[partitionKey] !== undefined && row[sortKey] !== undefined;
}

function entryOf({ partitionKey, sortKey }: Keys, row: Row): Row {
  const { pk, sk } = row;
  return Object.freeze({ pk, sk, [partitionKey]: row[partitionKey], [sortKey]: row[sortKey] });
}
