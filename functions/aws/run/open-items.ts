import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../../contract/table';
import { whenConditionHolds, type Database } from '../database';
import { openItemKind, runKey, type Key, type OpenItemKind } from '../keys';

/** An open item that is due: a run, a delivery, or a tenant to settle. */
export interface OpenItem extends Key {
  readonly dueAt: string;
  readonly what: OpenItemKind;
}

/** Items of a page: with their keys about 200 KB of the 1 MB that a query may return. */
export const itemsOfPage = 1_000;

export type OpenItemStore = ReturnType<typeof openItemStore>;

/** The sparse index of everything that is not finished. */
export function openItemStore(db: Database, pageSize: number = itemsOfPage) {
  const { openIndex } = tableShape;
  const lease = ({ pk, sk }: Key, seen: string, until: string) =>
    whenConditionHolds(() =>
      db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { pk, sk },
          UpdateExpression: 'SET due_at = :until',
          ConditionExpression: 'due_at = :seen',
          ExpressionAttributeValues: { ':until': until, ':seen': seen },
        }),
      ),
    );

  return {
    /** A page of one shard's items due at or before `until`; continues after `after`. */
    async due(
      shard: number,
      until: string,
      after?: OpenItem,
      order: 'oldest first' | 'newest first' = 'oldest first',
    ): Promise<{ items: OpenItem[]; more: boolean }> {
      const { Items = [], LastEvaluatedKey } = await db.client.send(
        new QueryCommand({
          TableName: db.tableName,
          IndexName: openIndex.name,
          KeyConditionExpression: `${openIndex.partitionKey} = :shard AND ${openIndex.sortKey} <= :until`,
          ExpressionAttributeValues: { ':shard': String(shard), ':until': until },
          Limit: pageSize,
          ScanIndexForward: order === 'oldest first',
          ...(after && {
            ExclusiveStartKey: { pk: after.pk, sk: after.sk, open_shard: String(shard), due_at: after.dueAt },
          }),
        }),
      );
      const items = Items.map((item) => {
        const key = { pk: String(item['pk']), sk: String(item['sk']) };
        return { ...key, dueAt: String(item[openIndex.sortKey]), what: openItemKind(key) };
      });
      return { items, more: LastEvaluatedKey !== undefined };
    },

    /** Leases a run or a tenant by moving its `due_at`; false if another pass took it or it has ended. */
    lease(item: Key & { readonly dueAt: string }, until: string): Promise<boolean> {
      return lease(item, item.dueAt, until);
    },

    /** The same for a run that must be handled before its `due_at`. */
    leaseRun(tenantId: string, runId: number, seenDueAt: string, until: string): Promise<boolean> {
      return lease(runKey(tenantId, runId), seenDueAt, until);
    },
  };
}
