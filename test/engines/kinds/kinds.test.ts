import { GetCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { startTable } from '../../support/engines';
import { kindsOf } from './kinds-of';

describe('the kinds of a request', () => {
  it('are its operation, its options and the parts of its expressions, without names and values', () => {
    const input = {
      TableName: 'workflows',
      Key: { pk: 'T#acme', sk: 'TENANT' },
      UpdateExpression:
        'SET #used = if_not_exists(#used, :zero) + :one, held.#id = :text REMOVE due_at, kept.#id ADD ids :ids',
      ConditionExpression:
        'attribute_exists(pk) AND (size(held) < limits.#limit OR NOT contains(ids, :text)) AND plan IN (:text, :other)',
      ExpressionAttributeNames: { '#used': 'd20261130', '#id': 'x', '#limit': 'members' },
      ExpressionAttributeValues: { ':zero': 0, ':one': 1, ':text': 'a', ':other': 'b', ':ids': new Set(['a']) },
      ReturnValues: 'UPDATED_NEW',
    };

    expect(kindsOf('UpdateCommand', input)).toEqual([
      'Update',
      'set a = if_not_exists(a, :N) + :N',
      'set a.b = :S',
      'remove a',
      'remove a.b',
      'add a :SS',
      'if attribute_exists(a)',
      'if size(a) < a.b',
      'if contains(a, :S)',
      'if a IN (…)',
      'if AND',
      'if OR',
      'if NOT',
      'Update ReturnValues=UPDATED_NEW',
    ]);
  });

  it('contain whatever is not understood, and what is too long', () => {
    const input = { ConditionExpression: `attribute_type(a, :S)${' '.repeat(4096)}`, FilterExpression: 'a ~ b' };

    expect(kindsOf('PutCommand', input)).toEqual([
      'Put',
      'if attribute_type(a, :M)',
      'filter a',
      'filter ~',
      'ConditionExpression above 4 KB',
    ]);
  });
});

describe('a table that a test started', () => {
  it('fails at its end if it was asked for something that the conformance suite does not prove', async () => {
    const table = await startTable();
    const { client, tableName } = table;
    const key = { pk: 'T#acme', sk: 'TENANT' };
    await client.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
    await client.send(new TransactWriteCommand({ TransactItems: [] })).catch(() => undefined);
    const UpdateExpression = 'SET trail[0] = :one';
    const change = { UpdateExpression, ExpressionAttributeValues: { ':one': 1 } };
    await client.send(new UpdateCommand({ TableName: tableName, Key: key, ...change })).catch(() => undefined);

    await expect(table.stop()).rejects.toThrow(
      'does not prove yet: TransactWriteItems; TransactWriteItems TransactItems; set a[0] = :N',
    );
  });
});
