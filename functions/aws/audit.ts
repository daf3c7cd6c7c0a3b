import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { auditEventSchema, type AuditEvent } from '../domain/audit';
import { checkItemSize, whenConditionHolds, type Database } from './database';
import { auditKey, auditPrefix, tenantKey } from './keys';

export type AuditStore = ReturnType<typeof auditStore>;

/** Append-only: rows are put once and nothing updates or deletes them. */
export function auditStore(db: Database) {
  return {
    /** Puts a row unless its id is taken: then this very row was appended before, by the SDK or by recovery. */
    async append(tenantId: string, row: AuditEvent): Promise<void> {
      const Item = checkItemSize({ ...auditKey(tenantId, row.id), ...row });
      await whenConditionHolds(() =>
        db.client.send(
          new PutCommand({ TableName: db.tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
        ),
      );
    },

    /** Newest first; continues after the row with sort key `after`. */
    async list(
      tenantId: string,
      limit: number,
      after?: string,
    ): Promise<{ events: AuditEvent[]; next: string | undefined }> {
      const { pk } = tenantKey(tenantId);
      const { Items = [] } = await db.client.send(
        new QueryCommand({
          TableName: db.tableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': pk, ':prefix': auditPrefix },
          ScanIndexForward: false,
          // Rows are small: 101 of them are far from the 1 MB at which a page ends early.
          Limit: limit + 1,
          ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after } }),
        }),
      );
      const page = Items.slice(0, limit);
      return {
        events: page.map((row) => auditEventSchema.parse(row)),
        next: Items.length > limit ? String(page.at(-1)?.['sk']) : undefined,
      };
    },
  };
}
