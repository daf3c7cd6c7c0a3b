import { BatchWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { getRow, type Database } from '../../functions/aws/database';
import { runKey, tenantKey } from '../../functions/aws/keys';

/** The largest number of items in a batch write. */
const batchSize = 25;

/** Copies the tenant's first run until there are `count` runs, and sets the tenant's counter accordingly. */
export async function storeRuns(
  { client, tableName, ...database }: Database,
  tenantId: string,
  count: number,
): Promise<void> {
  const first = await getRow({ client, tableName, ...database }, runKey(tenantId, 1));
  for (let from = 2; from <= count; from += batchSize) {
    const ids = Array.from({ length: Math.min(batchSize, count - from + 1) }, (_, index) => from + index);
    const requests = ids.map((id) => ({
      PutRequest: { Item: { ...first, ...runKey(tenantId, id), id, uid: `run_${ulid()}` } },
    }));
    await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
  }
  await client.send(
    new UpdateCommand({
      TableName: tableName,
      Key: { ...tenantKey(tenantId) },
      UpdateExpression: 'SET last_run_number = :count, settled_upto = :count',
      ExpressionAttributeValues: { ':count': count },
    }),
  );
}
