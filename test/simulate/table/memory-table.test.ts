import {
  BatchGetCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { memoryTable } from './memory-table';

const TableName = 'workflows';
const Key = { pk: 'T#acme', sk: 'RUN' };
const row = { ...Key, used: 1, trail: [{ step: 1 }], ids: new Set(['a']) };

describe('whatever the product does not send', () => {
  const set = (UpdateExpression: string, values: object = {}) =>
    new UpdateCommand({ TableName, Key, UpdateExpression, ExpressionAttributeValues: { ':v': 1, ...values } });
  const when = (ConditionExpression: string) =>
    new PutCommand({ TableName, Item: row, ConditionExpression, ExpressionAttributeValues: { ':v': 1 } });

  it.each([
    ['a transaction', new TransactWriteCommand({ TransactItems: [] })],
    ['another option', new GetCommand({ TableName, Key, ProjectionExpression: 'used' })],
    [
      'another option of a batch',
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [Key], AttributesToGet: ['used'] } } }),
    ],
    ['another answer', new UpdateCommand({ ...set('SET used = :v').input, ReturnValues: 'UPDATED_OLD' })],
    ['an element of a list', set('SET trail[0] = :v')],
    ['a product', set('SET used = used * :v')],
    ['another function', when('attribute_type(used, :v)')],
    ['another sign', when('used == :v')],
    ['a word in small letters', when('used = :v and used = :v')],
    [
      'a comparison of maps',
      new PutCommand({
        TableName,
        Item: row,
        ConditionExpression: 'trail = :v',
        ExpressionAttributeValues: { ':v': [1] },
      }),
    ],
    ['a fraction that is added', set('ADD used :v', { ':v': 0.5 })],
    ['binary data', new PutCommand({ TableName, Item: { ...Key, bytes: new Uint8Array(1) } })],
    [
      'two ranges of a key',
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :v AND sk > :v AND sk < :v',
        ExpressionAttributeValues: { ':v': 'a' },
      }),
    ],
  ])('is no refusal of DynamoDB but fails the simulation: %s', (_what, command) => {
    expect(() => memoryTable([row]).handle(command)).toThrow(
      expect.objectContaining({ name: 'Error', message: expect.stringContaining('The table in memory does not know') }),
    );
  });
});

describe('the rows of the table in memory', () => {
  const get = (table: ReturnType<typeof memoryTable>) => table.handle(new GetCommand({ TableName, Key })).Item;

  it('are in the order of their keys', () => {
    const keys = [
      { pk: 'B', sk: '1' },
      { pk: 'A', sk: '2' },
      { pk: 'A', sk: '10' },
    ];

    expect(memoryTable(keys).rows()).toEqual([keys[2], keys[1], keys[0]]);
  });

  it('do not change with the object that was put', () => {
    const table = memoryTable();
    const item = { ...Key, trail: [{ step: 1 }] };
    table.handle(new PutCommand({ TableName, Item: item }));

    item.trail[0]!.step = 2;

    expect(get(table)).toEqual({ ...Key, trail: [{ step: 1 }] });
  });

  it('cannot be changed by who reads them', () => {
    const read = get(memoryTable([row]));

    expect(() => (read.used = 2)).toThrow(TypeError);
    expect(() => read.trail.push(1)).toThrow(TypeError);
    expect(() => (read.trail[0].step = 2)).toThrow(TypeError);
    expect(() => read.ids.add('b')).toThrow(TypeError);
  });

  it('are those of one table, although many tables begin with the same rows', () => {
    const first = [row];
    const [one, other] = [memoryTable(first), memoryTable(first)];

    one.handle(new UpdateCommand({ TableName, Key, UpdateExpression: 'REMOVE used' }));
    one.handle(
      new PutCommand({ TableName, Item: { pk: 'T#acme', sk: 'ANOTHER', parent: 'P', open_shard: '1', due_at: '2' } }),
    );

    expect(one.rows()).toHaveLength(2);
    expect(other.rows()).toEqual([row]);
    expect(memoryTable(first).rows()).toEqual([row]);
  });
});
