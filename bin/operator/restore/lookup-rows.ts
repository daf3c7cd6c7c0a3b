import { getRows, type Database, type Row } from '../../../functions/aws/database';
import { tenantIdOf, tokenKey, userKey, type Key } from '../../../functions/aws/keys';
import type { Tables } from './tables';
import type { RowPair } from './row-pairs';

/** As many keys as one BatchGetItem takes. */
const pairsPerRead = 100;

/**
 * Adds to the rows of tokens and members the row by which each is looked up, `TOKEN#` or `USER#`: it has a partition of its
 * own, which only the first row names. The two are one row from here on, with the attribute `lookup_row` that says whether
 * the second one exists.
 */
export async function* withLookupRows(tables: Tables, pairs: AsyncIterable<RowPair>): AsyncGenerator<RowPair> {
  let waiting: RowPair[] = [];
  for await (const pair of pairs) {
    if (lookupKeyOf(pair) === undefined) {
      yield pair;
      continue;
    }
    // One read asks for one kind of row, because IAM wants one statement of a policy to cover all that a request asks for.
    if (waiting.length === pairsPerRead || waiting.some(({ kind }) => kind !== pair.kind)) {
      yield* await joined(tables, waiting);
      waiting = [];
    }
    waiting.push(pair);
  }
  yield* await joined(tables, waiting);
}

function lookupKeyOf({ key, kind, live, restored }: RowPair): Key | undefined {
  const row = live ?? restored ?? {};
  if (kind === 'tokens') return tokenKey(String(row['hash']));
  if (kind === 'members') return userKey(key.sk.slice('MEMBER#'.length), tenantIdOf(key.pk));
  return undefined;
}

async function joined({ live, restored }: Tables, pairs: readonly RowPair[]): Promise<RowPair[]> {
  const keys = pairs.flatMap((pair) => lookupKeyOf(pair) ?? []);
  const [inLive, inRestored] = [await lookUp(live, keys), await lookUp(restored, keys)];
  return pairs.map((pair, index) => ({
    ...pair,
    live: join(pair.live, inLive[index]),
    restored: join(pair.restored, inRestored[index]),
  }));
}

async function lookUp(table: Database, keys: readonly Key[]): Promise<(Row | undefined)[]> {
  return keys.length === 0 ? [] : getRows(table, keys);
}

function join(first: Row | undefined, second: Row | undefined): Row | undefined {
  if (first === undefined && second === undefined) return undefined;
  return { ...second, ...first, lookup_row: second !== undefined };
}
