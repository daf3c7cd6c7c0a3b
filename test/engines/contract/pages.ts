import { QueryCommand, type QueryCommandInput, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { Row } from '../../../functions/aws/database';
import { putRows } from '../../support/table';
import { expectedOn, newKey, outcomeOf, put, type Open } from './on-the-table';

type Query = Omit<QueryCommandInput, 'TableName'>;

export function pages(table: Open): void {
  const query = (input: Query): Promise<QueryCommandOutput> =>
    table().client.send(new QueryCommand({ ConsistentRead: true, ...input, TableName: table().tableName }));

  /** Sort keys of all pages. */
  const everyPage = async (input: Query): Promise<unknown[][]> => {
    const found: unknown[][] = [];
    let start: Row | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await query({ ...input, ExclusiveStartKey: start });
      found.push(Items.map(({ sk }) => sk));
      start = LastEvaluatedKey;
    } while (start !== undefined);
    return found;
  };

  describe('a page of a partition', () => {
    const { pk } = newKey();
    const names = ['A#1', 'A#2', 'A#3', 'B#1', 'B#2', 'a#1', 'é', '￮', '😀'];
    const all = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } };
    const where = (condition: string, values: Row): Query => ({
      KeyConditionExpression: `pk = :pk AND ${condition}`,
      ExpressionAttributeValues: { ':pk': pk, ...values },
    });
    beforeAll(() =>
      putRows(
        table(),
        names.toReversed().map((sk, index) => ({ pk, sk, n: index, even: String(index % 2) })),
      ),
    );

    it('has its rows in the order of the bytes of their sort keys, in both directions', async () => {
      expect((await everyPage(all)).flat()).toEqual(names);
      expect((await everyPage({ ...all, ScanIndexForward: true })).flat()).toEqual(names);
      expect((await everyPage({ ...all, ScanIndexForward: false })).flat()).toEqual(names.toReversed());
    });

    it.each([
      ['begins_with(sk, :a)', { ':a': 'A#' }, ['A#1', 'A#2', 'A#3']],
      ['sk BETWEEN :a AND :b', { ':a': 'A#2', ':b': 'B#1' }, ['A#2', 'A#3', 'B#1']],
      ['sk BETWEEN :a AND :b', { ':a': 'A#', ':b': 'A#~' }, ['A#1', 'A#2', 'A#3']],
      ['sk <= :a', { ':a': 'A#2' }, ['A#1', 'A#2']],
      ['sk > :a', { ':a': 'A#9' }, names.slice(3)],
      ['begins_with(sk, :a)', { ':a': 'C' }, []],
    ])('has the rows of a range: %s %j', async (condition, values, expected) => {
      expect((await everyPage(where(condition, values))).flat().toSorted()).toEqual(expected.toSorted());
    });

    it('has at most as many rows as its limit, and the next page begins after it', async () => {
      for (const Limit of [1, 2, names.length, names.length + 1])
        for (const ScanIndexForward of [true, false]) {
          const found = await everyPage({ ...all, Limit, ScanIndexForward });

          expect(Math.max(...found.map((page) => page.length))).toBe(Math.min(Limit, names.length));
          expect(found.flat()).toEqual((await everyPage({ ...all, ScanIndexForward })).flat());
        }
    });

    it('may begin after a row that is not there', async () => {
      const range = { ...where('begins_with(sk, :a)', { ':a': 'A#' }), ExclusiveStartKey: { pk, sk: 'A#1~' } };

      expect((await query(range)).Items?.map(({ sk }) => sk)).toEqual(['A#2', 'A#3']);
      expect((await query({ ...range, ScanIndexForward: false })).Items?.map(({ sk }) => sk)).toEqual(['A#1']);
    });

    it('names the last row that it looked at', async () => {
      expect((await query({ ...all, Limit: 2 })).LastEvaluatedKey).toEqual({ pk, sk: 'A#2' });
    });

    it('counts rows without returning them', async () => {
      const { Count, Items } = await query({ ...all, Select: 'COUNT' });

      expect([Count, Items]).toEqual([names.length, undefined]);
    });

    it('has only the attributes that are asked for', async () => {
      const { Items } = await query({
        ...where('begins_with(sk, :a)', { ':a': 'B#1' }),
        ProjectionExpression: 'sk, #even, absent',
        ExpressionAttributeNames: { '#even': 'even' },
      });

      expect(Items).toEqual([{ sk: 'B#1', even: '1' }]);
    });

    it('is filtered after its limit', async () => {
      const filtered = {
        ...where('begins_with(sk, :a)', { ':a': 'A#', ':odd': '1', ':one': '1' }),
        FilterExpression: 'even = :odd AND #even = :one',
        ExpressionAttributeNames: { '#even': 'even' },
        Limit: 1,
      };
      const found = await everyPage(filtered);

      expect(found.flat()).toEqual(['A#2']);
      expect(found[0]).toEqual([]);
    });

    it('needs the whole partition key', async () => {
      expect(
        await outcomeOf(
          query({ KeyConditionExpression: 'begins_with(pk, :a)', ExpressionAttributeValues: { ':a': 'T' } }),
        ),
      ).toBe('ValidationException');
    });
  });

  describe('a page of large rows', () => {
    const { pk } = newKey();
    const ofAll = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } };
    beforeAll(async () => {
      for (const sk of ['1', '2', '3', '4', '5', '6'])
        await put(table(), { pk, sk, kind: sk, text: 'x'.repeat(300 * 1024) });
    });

    it.each([
      ['whole rows', {}],
      ['one attribute of each', { ProjectionExpression: 'sk' }],
    ])('ends at 1 MB, whatever is returned: %s', async (_what, how) => {
      const found = await everyPage({ ...ofAll, ...how });

      // The row with which a page exceeds 1 MB may be on it or not.
      expect([3, 4]).toContain(found[0]?.length);
      expect(found.flat()).toEqual(['1', '2', '3', '4', '5', '6']);
    });

    it('ends at 1 MB when rows are counted', async () => {
      const { Count, LastEvaluatedKey } = await query({ ...ofAll, Select: 'COUNT' });

      expect([3, 4]).toContain(Count);
      expect(LastEvaluatedKey).toBeDefined();
    });

    it('is filtered after it ended, so it may be empty although rows follow', async () => {
      const { Items, LastEvaluatedKey } = await query({
        ...ofAll,
        FilterExpression: 'kind = :last',
        ExpressionAttributeValues: { ':pk': pk, ':last': '6' },
      });

      const ended = Items?.length === 0 && LastEvaluatedKey !== undefined;
      expect(ended ? 'ends at 1 MB' : 'goes on').toBe(expectedOn(table(), 'a page whose rows the filter drops'));
    });
  });
}
