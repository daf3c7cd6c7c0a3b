import type { Row } from '../../../functions/aws/database';
import type { Key } from '../../../functions/aws/keys';
import { kindOf, type RowKind } from './row-kind';

/** The row at one key in both tables; undefined where there is none. */
export interface RowPair {
  readonly key: Key;
  readonly kind: RowKind;
  readonly live: Row | undefined;
  readonly restored: Row | undefined;
}

/**
 * Walks the rows of one partition of both tables side by side. Both must be in the order of their sort keys, so that two
 * rows in memory suffice, besides the page of each table that is being read.
 */
export async function* pairRows(
  partition: string,
  live: AsyncIterator<Row>,
  restored: AsyncIterator<Row>,
): AsyncGenerator<RowPair> {
  let [left, right] = [await nextRow(live), await nextRow(restored)];
  while (left !== undefined || right !== undefined) {
    const order = compare(left, right);
    const sk = sortKeyOf((order <= 0 ? left : right) ?? {});
    const key = { pk: partition, sk };
    const pair = { live: order <= 0 ? left : undefined, restored: order >= 0 ? right : undefined };
    yield { key, kind: kindOf(key), ...pair };
    if (order <= 0) left = await nextRow(live);
    if (order >= 0) right = await nextRow(restored);
  }
}

async function nextRow(rows: AsyncIterator<Row>): Promise<Row | undefined> {
  const next = await rows.next();
  return next.done === true ? undefined : next.value;
}

/** Below zero if only the first table has the row with the lower key, above zero if only the second has. */
function compare(left: Row | undefined, right: Row | undefined): number {
  if (left === undefined) return 1;
  if (right === undefined) return -1;
  // DynamoDB sorts by the bytes of UTF-8, JavaScript's `<` by UTF-16.
  return Buffer.compare(Buffer.from(sortKeyOf(left)), Buffer.from(sortKeyOf(right)));
}

function sortKeyOf(row: Row): string {
  return String(row['sk']);
}
