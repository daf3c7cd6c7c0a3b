import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Row } from '../../../functions/aws/database';
import { attributesAt, expectedOn, newKey, outcomeOf, put, update, type Open } from './on-the-table';

const row = {
  text: 'b',
  count: 5,
  cap: 6,
  on: true,
  nothing: null,
  empty: '',
  ids: new Set(['e1', 'e2']),
  numbers: new Set([1, 2]),
  map: { known: 3, other: null },
};

const values: Row = {
  ':a': 'a',
  ':b': 'b',
  ':four': 4,
  ':five': 5,
  ':six': 6,
  ':true': true,
  ':null': null,
  ':e1': 'e1',
  ':e9': 'e9',
  ':one': 1,
  ':nine': 9,
  ':two': 2,
  ':three': 3,
  ':empty': '',
};

const holding = [
  'attribute_exists(pk)',
  'attribute_exists(nothing)',
  'attribute_exists(empty)',
  'attribute_exists(map.known)',
  'attribute_exists(map.other)',
  'attribute_not_exists(missing)',
  'attribute_not_exists(map.missing)',
  'attribute_not_exists(missing.known)',
  'text = :b',
  'text > :a',
  'text <= :b',
  'text <> :a',
  'missing <> :a',
  'count <> :b',
  'empty = :empty',
  'count = :five',
  'count < :six',
  'count <= :five',
  'count > :four',
  'count >= :five',
  'count < cap',
  'on = :true',
  'nothing = :null',
  'text IN (:a, :b)',
  'contains(ids, :e1)',
  'contains(numbers, :one)',
  'NOT contains(ids, :e9)',
  'NOT contains(numbers, :nine)',
  'NOT contains(missing, :e1)',
  'size(ids) < :three',
  'size(ids) < map.known',
  'size(map) < :three',
  'NOT size(missing) < :three',
  'count = :four AND count = :four OR count = :five',
  'count = :five OR count = :four AND count = :four',
  'NOT count = :four AND count = :five',
];

const failing = [
  'attribute_not_exists(pk)',
  'attribute_not_exists(nothing)',
  'attribute_exists(missing)',
  'attribute_exists(map.missing)',
  'attribute_exists(missing.known)',
  'text = :a',
  'text < :b',
  'missing = :b',
  'missing = :null',
  'missing < :b',
  'missing <= :b',
  'count < :five',
  'count > :five',
  'missing < cap',
  'count < missing',
  'text < :six',
  'count < :b',
  'text = :six',
  'nothing = :b',
  'nothing < :b',
  'missing = :true',
  'text IN (:a, :e1)',
  'missing IN (:a, :b)',
  'contains(ids, :e9)',
  'contains(ids, :one)',
  'contains(missing, :e1)',
  'size(ids) < :two',
  'size(missing) < :three',
  'size(ids) < map.missing',
  '(count = :five OR count = :four) AND count = :four',
  'NOT (count = :four OR count = :five)',
];

export function conditions(table: Open): void {
  const usedIn = (condition: string) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(condition)));

  describe('a condition', () => {
    const key = newKey('CONDITIONS');
    beforeAll(() => put(table(), { ...key, ...row }));

    const judged = (condition: string) => {
      // Some of these names are reserved words of DynamoDB.
      const path = /(?<![:\w])(text|count|cap|on|nothing|empty|ids|numbers|map|known|other|missing)\b/g;
      const names = Object.fromEntries([...condition.matchAll(path)].map(([name]) => [`#${name}`, name]));
      return outcomeOf(
        update(table(), key, {
          condition: condition.replace(path, '#$1'),
          // DynamoDB refuses an empty map of names.
          names: Object.keys(names).length === 0 ? undefined : names,
          values: usedIn(condition),
        }),
      );
    };

    it.each(holding)('holds: %s', async (condition) => {
      expect(await judged(condition)).toBe('accepted');
    });

    it.each(failing)('fails: %s', async (condition) => {
      expect(await judged(condition)).toBe('ConditionalCheckFailedException');
    });

    it.each([
      ['attribute_exists(pk)', 'ConditionalCheckFailedException'],
      ['attribute_not_exists(pk)', 'accepted'],
      ['attribute_not_exists(pk) OR ends_at <= :five', 'accepted'],
      ['NOT contains(ids, :e1)', 'accepted'],
    ])('is judged on a row that is not there: %s, %s', async (condition, outcome) => {
      expect(await outcomeOf(update(table(), newKey(), { condition, values: usedIn(condition) }))).toBe(outcome);
    });

    it('compares texts by their bytes in UTF-8', async () => {
      const texts = newKey();
      await put(table(), { ...texts, letters: '\u{1f600}' });

      const isGreater = { condition: 'letters > :s', values: { ':s': '\uffee' } };
      const held = (await outcomeOf(update(table(), texts, isGreater))) === 'accepted';
      expect(held ? 'by their bytes in UTF-8' : 'by their units of UTF-16').toBe(
        expectedOn(table(), 'texts compared in a condition'),
      );
    });

    it('compares two values with each other, which is not documented', async () => {
      const outcome = await outcomeOf(
        update(table(), newKey(), { condition: ':a = :b', values: { ':a': 0, ':b': 0 } }),
      );

      expect(outcome).toBe(expectedOn(table(), 'two values compared with each other'));
    });
  });

  describe('a refused write', () => {
    const refused: [string, (open: Open, key: Row) => Promise<unknown>][] = [
      [
        'put',
        (open, key) => {
          const { client, tableName } = open();
          const Item = { ...key, changed: true };
          return client.send(
            new PutCommand({ TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
          );
        },
      ],
      [
        'delete',
        (open, key) => {
          const { client, tableName } = open();
          return client.send(
            new DeleteCommand({ TableName: tableName, Key: key, ConditionExpression: 'attribute_not_exists(pk)' }),
          );
        },
      ],
    ];

    it.each(refused)('changes nothing and says nothing about the row: %s', async (_name, write) => {
      const key = newKey();
      await put(table(), { ...key, text: 'kept' });

      await expect(write(table, { ...key })).rejects.toMatchObject({
        name: 'ConditionalCheckFailedException',
        message: 'The conditional request failed',
        Item: undefined,
        $metadata: { httpStatusCode: 400, attempts: 1 },
      });
      expect(await attributesAt(table(), key)).toEqual({ text: 'kept' });
    });

    it('creates no row', async () => {
      const key = newKey();

      await outcomeOf(update(table(), key, { condition: 'attribute_exists(pk)' }));

      expect(await attributesAt(table(), key)).toBeUndefined();
    });

    it('names its condition before a path that is not there', async () => {
      const key = newKey();
      await put(table(), { ...key });
      const change = {
        expression: 'SET held.#id = if_not_exists(held.#id, :now)',
        condition: 'attribute_exists(held) AND (size(held) < :limit OR attribute_exists(held.#id))',
        names: { '#id': 'me' },
        values: { ':now': 'now', ':limit': 3 },
      };

      expect(await outcomeOf(update(table(), key, change))).toBe('ConditionalCheckFailedException');
      expect(await outcomeOf(update(table(), newKey(), change))).toBe('ConditionalCheckFailedException');
    });

    it('returns the row if that is asked for', async () => {
      const key = newKey();
      await put(table(), { ...key, text: 'there' });
      const { client, tableName } = table();
      const write = new PutCommand({
        TableName: tableName,
        Item: { ...key },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });

      const refusal = (await client.send(write).catch((error: unknown) => error)) as { readonly Item?: unknown };
      expect(refusal).toMatchObject({ name: 'ConditionalCheckFailedException' });
      expect(refusal.Item === undefined ? 'absent' : 'returned').toBe(expectedOn(table(), 'the row in a refusal'));
    });
  });
}
