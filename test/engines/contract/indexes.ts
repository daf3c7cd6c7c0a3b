import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import type { Row } from '../../../functions/aws/database';
import { tableShape } from '../../../functions/contract/table';
import { expectedOn, newKey, outcomeOf, put, update, type Open } from './on-the-table';

export function indexes(table: Open): void {
  const { openIndex, parentIndex } = tableShape;
  const query = (input: Omit<QueryCommandInput, 'TableName'>) =>
    table().client.send(new QueryCommand({ ...input, TableName: table().tableName }));
  const due = (shard: string, until: string, more: object = {}) =>
    query({
      IndexName: openIndex.name,
      KeyConditionExpression: 'open_shard = :shard AND due_at <= :until',
      ExpressionAttributeValues: { ':shard': shard, ':until': until },
      ...more,
    });
  const children = (parent: string, more: object = {}) =>
    query({
      IndexName: parentIndex.name,
      KeyConditionExpression: 'parent = :parent',
      ExpressionAttributeValues: { ':parent': parent },
      ...more,
    });

  describe('an index', () => {
    it('holds the keys alone, of the rows that have both of its attributes', async () => {
      const [key, shard] = [newKey(), randomUUID()];
      await put(table(), { ...key, open_shard: shard, due_at: '2026-01-01', parent: shard, other: 1 });
      await put(table(), { ...newKey(), open_shard: shard });
      await put(table(), { ...newKey(), due_at: '2026-01-01' });

      expect((await due(shard, '2027')).Items).toEqual([{ ...key, open_shard: shard, due_at: '2026-01-01' }]);
      expect((await children(shard)).Items).toEqual([{ ...key, parent: shard }]);
    });

    it('follows the row', async () => {
      const [key, shard] = [newKey(), randomUUID()];
      const seen: unknown[] = [];
      const look = async () => seen.push((await due(shard, '2026-02')).Items?.map(({ due_at }) => due_at));
      const move = (to: string) => update(table(), key, { expression: 'SET due_at = :due', values: { ':due': to } });

      await put(table(), { ...key, open_shard: shard, due_at: '2026-01' });
      await look();
      await move('2026-03');
      await look();
      await move('2026-02');
      await look();
      await update(table(), key, { expression: 'REMOVE due_at, open_shard' });
      await look();

      expect(seen).toEqual([['2026-01'], [], ['2026-02'], []]);
      expect('follows at once').toBe(expectedOn(table(), 'an index after a write'));
    });

    it('pages through rows with the same key of the index, each once, in both directions', async () => {
      const shard = randomUUID();
      const keys = Array.from({ length: 7 }, () => newKey());
      for (const [n, key] of keys.entries())
        await put(table(), { ...key, open_shard: shard, due_at: n < 5 ? '1' : '2' });

      for (const ScanIndexForward of [true, false]) {
        const found: Row[] = [];
        const starts: (Row | undefined)[] = [undefined];
        while (starts.length > 0) {
          const page = await due(shard, '2', { Limit: 2, ScanIndexForward, ExclusiveStartKey: starts.pop() });
          found.push(...(page.Items ?? []));
          if (page.LastEvaluatedKey !== undefined) starts.push(page.LastEvaluatedKey);
        }

        const order = ['1', '1', '1', '1', '1', '2', '2'];
        expect(new Set(found.map(({ pk }) => pk))).toEqual(new Set(keys.map(({ pk }) => pk)));
        expect(found.map(({ due_at }) => due_at)).toEqual(ScanIndexForward ? order : order.toReversed());
      }
    });

    it('names as the last key those of the row and of the index', async () => {
      const [key, shard] = [newKey(), randomUUID()];
      await put(table(), { ...key, open_shard: shard, due_at: '1' });

      expect((await due(shard, '2', { Limit: 1 })).LastEvaluatedKey ?? 'no next page').toEqual({
        ...key,
        open_shard: shard,
        due_at: '1',
      });
    });

    it('may be read from a row on that has left it', async () => {
      const parent = randomUUID();
      const { pk } = newKey();
      for (const sk of ['1', '3']) await put(table(), { pk, sk, parent });
      const after = { ExclusiveStartKey: { pk, sk: '2', parent } };

      expect((await children(parent, after)).Items?.map(({ sk }) => sk)).toEqual(['3']);
      expect((await children(parent, { ...after, ScanIndexForward: false })).Items?.map(({ sk }) => sk)).toEqual(['1']);
    });

    it('cannot be read consistently', async () => {
      expect(await outcomeOf(children('x', { ConsistentRead: true }))).toBe('ValidationException');
    });

    it('refuses a row whose attribute is no text or an empty one', async () => {
      expect(await outcomeOf(put(table(), { ...newKey(), parent: 1 }))).toBe('ValidationException');
      expect(await outcomeOf(put(table(), { ...newKey(), parent: '' }))).toBe(
        expectedOn(table(), 'an empty key of an index'),
      );
      expect(await outcomeOf(put(table(), { ...newKey(), parent: null }))).toBe('ValidationException');
    });
  });
}
