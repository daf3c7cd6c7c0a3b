import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../contract/table';
import { getRows, type Database, type Projection, type Row } from './database';

/** What one read of a list found, in the list's order. */
export interface RowsRead<Item> {
  /** A row without an item is not shown: a void run number, or a delivery that has expired. */
  readonly rows: readonly { readonly sk: string; readonly item: Item | undefined }[];
  /** Whether rows may follow. */
  readonly more: boolean;
}

/** Reads up to `size` rows after the one with sort key `after`. */
export type ReadAfter<Item> = (after: string | undefined, size: number) => Promise<RowsRead<Item>>;

interface Collecting<Item> {
  readonly limit: number;
  /** Sort key to continue after. */
  readonly after: string | undefined;
  /** A page reads at most this many rows, unless its limit needs more: a filtered page may be short, and even empty. */
  readonly maxRows?: number;
  /** Without it every item belongs on the page, and no more rows are read than the page takes and one. */
  readonly wants?: ((item: Item) => boolean) | undefined;
  /** Whether neither this item nor any after it can be wanted. */
  readonly isPast?: (item: Item) => boolean;
}

export interface CollectedPage<Item> {
  readonly items: Item[];
  /** Sort key to continue after, when there is or may be more. */
  readonly next: string | undefined;
}

const maxRowsListed = 1000;
/** Rows of one read when only some of them are wanted. */
const rowsPerRead = 100;

/** Reads on until `limit` items are found, everything was read, or enough rows were. Every list of the product is read here. */
export async function collectPage<Item>(
  readAfter: ReadAfter<Item>,
  { limit, after, maxRows = maxRowsListed, wants, isPast }: Collecting<Item>,
): Promise<CollectedPage<Item>> {
  const items: Item[] = [];
  let last = after;
  const mostRows = Math.max(maxRows, limit + 1);
  for (let rowsRead = 0; rowsRead < mostRows;) {
    // A stretch of rows without items is passed in ever larger reads: one row at a time it could take 1,000 requests.
    const needed = Math.max(limit + 1 - items.length, Math.min(rowsRead, rowsPerRead));
    const size = wants === undefined ? needed : rowsPerRead;
    const { rows, more } = await readAfter(last, Math.min(size, mostRows - rowsRead));
    for (const { sk, item } of rows) {
      if (item !== undefined && isPast?.(item) === true) return { items, next: undefined };
      if (item !== undefined && wants?.(item) !== false) {
        if (items.length === limit) return { items, next: last };
        items.push(item);
      }
      last = sk;
    }
    if (!more) return { items, next: undefined };
    rowsRead += rows.length;
  }
  return { items, next: last };
}

/** The rows of a list: those of a partition whose sort keys lie in a range. */
export interface ListedRows {
  readonly pk: string;
  /** First and last sort key, both included; a last one ending in `~` includes all that begin with what is before it. */
  readonly from: string;
  readonly to: string;
  /** Lists the rows with this parent by the index `by_parent`, which follows the table within moments. */
  readonly parent?: string | undefined;
  readonly oldestFirst?: boolean;
  readonly projection?: Projection;
}

/**
 * Reads a list's rows from the table, consistently, or by their parent: the index knows only keys, so the rows are then
 * read by key.
 *
 * @param itemOf the item in a row; undefined when the row is not shown
 */
export function readerOf<Item>(
  db: Database,
  { pk, from, to, parent, oldestFirst = false, projection }: ListedRows,
  itemOf: (row: Row) => Item | undefined,
): ReadAfter<Item> {
  const [name, value, how] =
    parent === undefined
      ? ['pk', pk, { ConsistentRead: true, ...projection }]
      : ['parent', parent, { IndexName: tableShape.parentIndex.name }];
  return async (after, size) => {
    const { Items = [], LastEvaluatedKey } = await db.client.send(
      new QueryCommand({
        TableName: db.tableName,
        ...how,
        KeyConditionExpression: `${name} = :in AND sk BETWEEN :from AND :to`,
        ExpressionAttributeValues: { ':in': value, ':from': from, ':to': to },
        ScanIndexForward: oldestFirst,
        Limit: size,
        ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after, [name]: value } }),
      }),
    );
    const keys = Items.map(({ sk }) => ({ pk, sk: String(sk) }));
    // The index may still name a row that is gone.
    const rows = parent === undefined ? Items : await getRows(db, keys, projection);
    return {
      rows: keys.map(({ sk }, index) => ({ sk, item: rows[index] && itemOf(rows[index]) })),
      more: LastEvaluatedKey !== undefined,
    };
  };
}
