import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { openTable } from './clients';

const TableName = process.env['TABLE_NAME'];
const Key = { pk: 'OAUTH#CLIENT-KEY', sk: 'STATE' };
const table = openTable();

/** Reads the key of the authorization server, or makes it, and describes the server without being one. */
export async function handler() {
  const { Item } = await table.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  if (Item === undefined) {
    await table.send(
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: 'SET client_key = if_not_exists(client_key, :new)',
        ExpressionAttributeValues: { ':new': 'bm90IGEga2V5' },
        ReturnValues: 'ALL_NEW',
      }),
    );
  }
  const body = JSON.stringify({ issuer: 'https://api.example' });
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body };
}
