import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { checkItemSize } from '../../../functions/aws/database';
import { attributesAt, expectedOn, newKey, outcomeOf, put, update, type Open } from './on-the-table';

export function values(table: Open): void {
  /** What becomes of a number that is written as text, which the document client could not represent. */
  const stored = async (n: string): Promise<string> => {
    const { client, tableName } = table();
    const [pk, sk] = [{ S: newKey().pk }, { S: 'ROW' }];
    try {
      await client.send(new PutItemCommand({ TableName: tableName, Item: { pk, sk, n: { N: n } } }));
    } catch (error) {
      return error instanceof Error ? error.name : 'refused';
    }
    return (
      (await client.send(new GetItemCommand({ TableName: tableName, Key: { pk, sk } }))).Item?.['n']?.N ?? 'absent'
    );
  };

  describe('a value', () => {
    it('is stored as it is: empty texts, lists, maps and binary too', async () => {
      const key = newKey();
      const row = {
        empty: '',
        list: [],
        map: {},
        text: 'äöü 😀 \u0000',
        nothing: null,
        yes: true,
        no: false,
        bytes: new Uint8Array([0, 255]),
        none: new Uint8Array(),
        nested: [{ a: ['b', null, { c: 1.5 }] }],
      };
      await put(table(), { ...key, ...row });

      expect(await attributesAt(table(), key)).toEqual(row);
    });

    it('may be nested 32 levels deep', async () => {
      const nested = (levels: number) => {
        let value: unknown = 'deep';
        for (let level = 1; level < levels; level += 1) value = [value];
        return value;
      };

      expect(await outcomeOf(put(table(), { ...newKey(), value: nested(32) }))).toBe('accepted');
      expect(await outcomeOf(put(table(), { ...newKey(), value: nested(34) }))).toBe(
        expectedOn(table(), 'a value nested 33 levels deep'),
      );
    });

    it('is no empty set', async () => {
      const { client, tableName } = table();
      const Item = { pk: { S: newKey().pk }, sk: { S: 'ROW' }, ids: { SS: [] } };

      expect(await outcomeOf(client.send(new PutItemCommand({ TableName: tableName, Item })))).toBe(
        'ValidationException',
      );
    });

    it.each([
      ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
      ['0.12345678901234567890123456789012345678', '0.12345678901234567890123456789012345678'],
      ['123456789012345678901234567890123456789', 'ValidationException'],
      ['1.50', '1.5'],
      ['-0', '0'],
      ['1e3', '1000'],
      ['1e126', 'ValidationException'],
      ['1e-131', 'ValidationException'],
      ['one', 'ValidationException'],
    ])('is an exact number of 38 digits: %s is %s', async (written, read) => {
      expect(await stored(written)).toBe(read);
    });

    it('is computed exactly', async () => {
      const { client, tableName } = table();
      const [pk, sk] = [{ S: newKey().pk }, { S: 'ROW' }];
      await client.send(new PutItemCommand({ TableName: tableName, Item: { pk, sk, n: { N: '9007199254740993' } } }));
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: { pk, sk },
          UpdateExpression: 'SET n = n + :n',
          ExpressionAttributeValues: { ':n': { N: '0.1' } },
          ReturnValues: 'UPDATED_NEW',
        }),
      );

      expect(Attributes).toEqual({ n: { N: '9007199254740993.1' } });
    });
  });

  describe('a key', () => {
    it.each([
      ['pk', 2048],
      ['sk', 1024],
      ['parent', 2048],
    ] as const)('%s has at most %i bytes', async (name, bytes) => {
      // The letter é has two bytes.
      const ofBytes = (length: number) => `é${'k'.repeat(length - 2)}`;

      expect(await outcomeOf(put(table(), { ...newKey(), [name]: ofBytes(bytes) }))).toBe('accepted');
      expect(await outcomeOf(put(table(), { ...newKey(), [name]: ofBytes(bytes + 1) }))).toBe(
        expectedOn(table(), name === 'parent' ? 'a key of an index above 2048 bytes' : 'a key above its length'),
      );
    });

    it.each(['pk', 'sk'])('%s is a text and not empty', async (name) => {
      expect(await outcomeOf(put(table(), { ...newKey(), [name]: '' }))).toBe('ValidationException');
      expect(await outcomeOf(put(table(), { ...newKey(), [name]: 1 }))).toBe('ValidationException');
    });
  });

  describe('a row', () => {
    const most = 400 * 1024;
    /** The names and values of the key and of `text` count. */
    const ofBytes = (bytes: number) => {
      const key = newKey();
      return { ...key, text: 'x'.repeat(bytes - `pk${key.pk}sk${key.sk}text`.length) };
    };

    it('has at most 400 KB when it is put', async () => {
      expect(await outcomeOf(put(table(), ofBytes(most)))).toBe('accepted');
      await expect(put(table(), ofBytes(most + 1))).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'Item size has exceeded the maximum allowed size',
      });
    });

    it('has at most 400 KB when it is updated', async () => {
      const { text, ...key } = ofBytes(most - 10);
      await put(table(), { ...key, text });
      const grown = (bytes: number) =>
        outcomeOf(
          update(table(), key, {
            expression: 'SET m = :more',
            values: { ':more': 'x'.repeat(bytes - 'm'.length) },
          }),
        );

      expect(await grown(11)).toBe('ValidationException');
      expect(await grown(10)).toBe('accepted');
    });

    it('is refused by the product long before', () => {
      expect(() => checkItemSize(ofBytes(300 * 1024))).toThrow('at most 307200 are stored');
    });
  });
}
