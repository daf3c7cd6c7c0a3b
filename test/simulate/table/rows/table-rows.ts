import type { Row } from '../../../../functions/aws/database';
import { tableShape } from '../../../../functions/contract/table';
import { storedRow } from '../stored-value';
import { compareTexts } from './order';
import { compareRows, partition, placeOf, putRow, removeRow, type Keys, type Partitions } from './partitions';

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

  function get(pk: string, sk: string): Row | undefined {
    const rows = partition(table, pk);
    const found = rows[placeOf(rows, (row) => compareTexts(String(row['sk']), sk) < 0)];
    return found?.['sk'] === sk ? found : undefined;
  }

  return {
    all: () => [...table.keys()].sort(compareTexts).flatMap((pk) => partition(table, pk)),
    get,
    put: (before, row) => {
      putRow(table, tableKeys, row);
      follow(ofIndex, before, row);
    },
    remove: (before) => {
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
    const [left, entered] = [entryOf(index, before), entryOf(index, after)];
    if (left !== undefined && entered !== undefined && isSame(index, left, entered)) continue;
    const partitions = ofIndex.get(index.name)!;
    if (left !== undefined) removeRow(partitions, index, left);
    if (entered !== undefined) putRow(partitions, index, entered);
  }
}

function isSame(index: Keys, a: Row, b: Row): boolean {
  return a[index.partitionKey] === b[index.partitionKey] && compareRows(index, a, b) === 0;
}

/** A row is in an index only if it has both of its attributes, as texts. */
function entryOf({ partitionKey, sortKey }: Keys, row: Row | undefined): Row | undefined {
  if (typeof row?.[partitionKey] !== 'string' || typeof row[sortKey] !== 'string') return undefined;
  const { pk, sk } = row;
  return Object.freeze({ pk, sk, [partitionKey]: row[partitionKey], [sortKey]: row[sortKey] });
}
