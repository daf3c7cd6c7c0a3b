import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../contract/table';
import { getRows, type Database, type Projection, type Row } from './database';

/** The result of one read of a list, in the order of the list. */
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
  /** If absent, every item belongs on the page, and at most one row more than the page holds is read. */
  readonly wants?: ((item: Item) => boolean) | undefined;
  /** True if neither this item nor any later one can belong on the page. */
  readonly isPast?: (item: Item) => boolean;
}

export interface CollectedPage<Item> {
  readonly items: Item[];
  /** The sort key to continue after; undefined if there is no more. */
  readonly next: string | undefined;
}

const maxRowsListed = 1000;
/** The number of rows of one read if only some of them belong on the page. */
const rowsPerRead = 100;

/**
 * Reads until `limit` items are found, the list ends, or `maxRows` rows were read. Every list of the product is read by
 * this function.
 */
export async function collectPage<Item>(
  readAfter: ReadAfter<Item>,
  { limit, after, maxRows = maxRowsListed, wants, isPast }: Collecting<Item>,
): Promise<CollectedPage<Item>> {
  const items: Item[] = [];
  let last = after;
  const mostRows = Math.max(maxRows, limit + 1);
  for (let rowsRead = 0; rowsRead < mostRows;) {
    // A run of rows without items is skipped with growing reads; one row at a time it could take 1,000 requests.
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

/** The rows of a list: those of one partition whose sort keys are in a range. */
export interface ListedRows {
  readonly pk: string;
  /**
   * The first and the last sort key, both inclusive. A last key that ends in `~` includes all keys that begin with the
   * text before it.
   */
  readonly from: string;
  readonly to: string;
  /** If present, the rows with this parent are listed by the index `by_parent`, which is eventually consistent. */
  readonly parent?: string | undefined;
  readonly oldestFirst?: boolean;
  readonly projection?: Projection;
}

/**
 * Reads the rows of a list, consistently from the table or, by their parent, from the index. The index contains only
 * keys, so the rows are then read by key.
 *
 * @param itemOf returns the item in a row; undefined if the row is not shown
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
    // The index may still contain a row that was deleted.
    const rows = parent === undefined ? Items : await getRows(db, keys, projection);
    return {
      rows: keys.map(({ sk }, index) => ({ sk, item: rows[index] && itemOf(rows[index]) })),
      more: LastEvaluatedKey !== undefined,
    };
  };
}
