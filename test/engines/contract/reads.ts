import { BatchGetCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { projectionOf } from '../../../functions/aws/database';
import type { Key } from '../../../functions/aws/keys';
import { putRows } from '../../support/table';
import { attributesAt, expectedOn, newKey, outcomeOf, put, type Open } from './on-the-table';

export function reads(table: Open): void {
  const batch = async (keys: readonly Key[], how: object = { ConsistentRead: true }) => {
    const { client, tableName } = table();
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [tableName]: { Keys: keys.map((key) => ({ ...key })), ...how } } }),
    );
    return { rows: Responses?.[tableName] ?? [], left: UnprocessedKeys?.[tableName]?.Keys ?? [] };
  };
  const keysOf = (count: number): Key[] => {
    const { pk } = newKey();
    return Array.from({ length: count }, (_, index) => ({ pk, sk: String(index) }));
  };

  describe('reading by key', () => {
    it('finds what was just written, and says so if there is no row', async () => {
      const key = newKey();
      expect(await attributesAt(table(), key)).toBeUndefined();

      await put(table(), { ...key, a: 1 });
      expect(await attributesAt(table(), key)).toEqual({ a: 1 });
    });

    it('finds an expired row, because TTL deletes days late', async () => {
      const key = newKey();
      await put(table(), { ...key, expires_at_s: 1 });

      expect(await attributesAt(table(), key)).toEqual({ expires_at_s: 1 });
    });

    it('takes up to 100 keys, leaves out those without a row, and promises no order', async () => {
      const keys = keysOf(100);
      const stored = keys.slice(0, 60);
      await putRows(
        table(),
        stored.map((key) => ({ ...key })),
      );

      const { rows, left } = await batch(keys);

      expect(new Set(rows.map(({ sk }) => sk))).toEqual(new Set(stored.map(({ sk }) => sk)));
      expect([rows.length, left]).toEqual([60, []]);
    });

    it('refuses 101 keys, a key twice, and no key', async () => {
      const [key] = keysOf(1);

      expect(await outcomeOf(batch(keysOf(101)))).toBe('ValidationException');
      expect(await outcomeOf(batch([key!, key!]))).toBe('ValidationException');
      expect(await outcomeOf(batch([]))).toBe('ValidationException');
    });

    it('reads only the attributes that are asked for, as far as they are there', async () => {
      const key = newKey();
      await put(table(), { ...key, status: 'x', other: 1 });

      const { rows } = await batch([key], { ConsistentRead: false, ...projectionOf(['status', 'missing']) });

      expect(rows).toEqual([{ ...key, status: 'x' }]);
    });

    it('says what it consumed, as the tests of read units ask', async () => {
      const key = newKey();
      await put(table(), { ...key, text: 'x'.repeat(5000) });
      const { client, tableName } = table();
      const asked = { ReturnConsumedCapacity: 'TOTAL' } as const;
      const Keys = [{ ...key }];
      const batchOfOne = new BatchGetCommand({ RequestItems: { [tableName]: { Keys } }, ...asked });
      const { ConsumedCapacity: ofBatch } = await client.send(batchOfOne);
      const one = new GetCommand({ TableName: tableName, Key: { ...key }, ConsistentRead: true, ...asked });

      const { ConsumedCapacity: ofOne } = await client.send(one);
      const consumed = [ofOne?.CapacityUnits, ofBatch?.[0]?.CapacityUnits];
      const outcomes = new Map([
        ['2 1', 'as many units as its size needs'],
        ['1 ', 'one unit, and of a batch none'],
      ]);
      expect(outcomes.get(consumed.join(' '))).toBe(expectedOn(table(), 'what a read consumed'));
    });

    it('leaves keys unprocessed if the rows are too large for one response, and reads them when asked again', async () => {
      const keys = keysOf(44);
      const text = 'x'.repeat(390 * 1024);
      for (const key of keys) await put(table(), { ...key, text });

      const [first, rest]: { sk: string }[][] = [[], []];
      let pending = keys;
      for (let requests = 0; pending.length > 0 && requests < keys.length; requests += 1) {
        const { rows, left } = await batch(pending);
        (requests === 0 ? first : rest)!.push(...rows.map(({ sk }) => ({ sk: String(sk) })));
        pending = left.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
      }

      expect([...first!, ...rest!].map(({ sk }) => Number(sk)).toSorted((a, b) => a - b)).toEqual(
        keys.map(({ sk }) => Number(sk)),
      );
      const read = first!.length === 44 ? 'everything' : first!.length > 3 ? 'up to 16 MB' : 'up to 1 MB';
      expect(read).toBe(expectedOn(table(), 'what one response reads by key'));
    });
  });
}
