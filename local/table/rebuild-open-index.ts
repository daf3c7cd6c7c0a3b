import { paginateScan, UpdateItemCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Level } from 'level';
import { tableShape } from '../../functions/contract/table';

const { openIndex, partitionKey, sortKey } = tableShape;

/**
 * Deletes all entries of the index `open`. dynalite writes an item and its index entries one after the other, so a
 * process that is killed in between may leave an open item without an index entry, and recovery would never find it.
 * After such an end the entries are deleted here, before dynalite opens the files, and `fillOpenIndex` rewrites them.
 *
 * The index `by_parent` does not need this: its keys never change, and its entry is written before the item.
 */
export async function dropOpenIndex(files: Level): Promise<void> {
  const tables = await files.keys({ gte: 'table~', lt: 'table\x7f' }).all();
  for (const table of tables) {
    // dynalite stores index entries as index-<kind>~<table>~<index>~<key>.
    const prefix = `index-global~${table.slice('table~'.length)}~${openIndex.name}`;
    await files.clear({ gte: `${prefix}~`, lt: `${prefix}\x7f` });
  }
}

/** Writes each open item again without a change, so that dynalite writes its index entries. */
export async function fillOpenIndex(database: DynamoDBClient, tableName: string): Promise<void> {
  const pages = paginateScan(
    { client: database },
    {
      TableName: tableName,
      FilterExpression: 'attribute_exists(#shard)',
      ProjectionExpression: '#pk, #sk',
      ExpressionAttributeNames: { '#shard': openIndex.partitionKey, '#pk': partitionKey, '#sk': sortKey },
    },
  );
  const writeAgain = (Key: Record<string, AttributeValue>) =>
    database.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key,
        UpdateExpression: 'SET #shard = #shard',
        ExpressionAttributeNames: { '#shard': openIndex.partitionKey },
      }),
    );
  // The SDK sends as many of a page at once as it has connections.
  for await (const { Items = [] } of pages) await Promise.all(Items.map(writeAgain));
}
