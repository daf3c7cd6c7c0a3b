import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Database, Row } from '../database';

/**
 * All rows of a partition in the order of their sort keys, read consistently, page by page. A page is what one request
 * returns, 1 MB at most, and the next one is requested only when its rows are asked for.
 */
export async function* partitionRows(db: Database, partition: string): AsyncGenerator<Row> {
  let start: Row | undefined;
  do {
    const page = await db.client.send(
      new QueryCommand({
        TableName: db.tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partition },
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    yield* page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

/** The last row of a partition whose sort key is in the range, both ends inclusive; undefined if there is none. */
export async function lastRow(db: Database, partition: string, from: string, to: string): Promise<Row | undefined> {
  const { Items } = await db.client.send(
    new QueryCommand({
      TableName: db.tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': partition, ':from': from, ':to': to },
      ScanIndexForward: false,
      Limit: 1,
    }),
  );
  return Items?.[0];
}
