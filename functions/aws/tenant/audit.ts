import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { auditEventSchema, type AuditEvent } from '../../domain/tenant/audit';
import { collectPage, readerOf } from '../collect-page';
import { checkItemSize, whenConditionHolds, type Database } from '../database';
import { auditKey, auditPrefix, tenantKey } from '../keys';

export type AuditStore = ReturnType<typeof auditStore>;

/** The append-only audit. Rows are written once; nothing updates or deletes them. */
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
      const rows = { pk: tenantKey(tenantId).pk, from: auditPrefix, to: `${auditPrefix}~` };
      const readAfter = readerOf(db, rows, (row) => auditEventSchema.parse(row));
      const { items, next } = await collectPage(readAfter, { limit, after });
      return { events: items, next };
    },
  };
}
