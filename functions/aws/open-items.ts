import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../contract';
import { whenConditionHolds, type Database } from './database';
import type { Key } from './keys';

/** Something open whose time has come: a run, a delivery or a tenant to settle. */
export interface OpenItem extends Key {
  readonly dueAt: string;
}

export type OpenItemStore = ReturnType<typeof openItemStore>;

/** The sparse index of everything that is not finished. */
export function openItemStore(db: Database) {
  const { openIndex } = tableShape;
  return {
    /** Up to `limit` items of one shard due at or before `until`, oldest first. */
    async due(shard: number, until: string, limit: number): Promise<OpenItem[]> {
      const { Items = [] } = await db.client.send(
        new QueryCommand({
          TableName: db.tableName,
          IndexName: openIndex.name,
          KeyConditionExpression: `${openIndex.partitionKey} = :shard AND ${openIndex.sortKey} <= :until`,
          ExpressionAttributeValues: { ':shard': String(shard), ':until': until },
          Limit: limit,
        }),
      );
      return Items.map((item) => ({ pk: String(item['pk']), sk: String(item['sk']), dueAt: String(item[openIndex.sortKey]) }));
    },

    /** Takes an item for a while by moving its due time; false when another pass took it or it ended. */
    lease(item: OpenItem, until: string): Promise<boolean> {
      return whenConditionHolds(() =>
        db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { pk: item.pk, sk: item.sk },
            UpdateExpression: 'SET due_at = :until',
            ConditionExpression: 'due_at = :seen',
            ExpressionAttributeValues: { ':until': until, ':seen': item.dueAt },
          }),
        ),
      );
    },
  };
}
