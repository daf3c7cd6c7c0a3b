import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { auditEventSchema, type AuditEntry, type AuditEvent } from '../../domain/tenant/audit';
import { collectPage, readerOf } from '../collect-page';
import { checkItemSize, whenConditionHolds, type Database } from '../database';
import { auditKey, auditPrefix, tenantKey } from '../keys';
import { newUlid } from '../new-ulid';

export type AuditStore = ReturnType<typeof auditStore>;

/** The append-only audit. Rows are written once; nothing updates or deletes them. */
export function auditStore(db: Database) {
  return {
    /** @param id a ULID that is kept elsewhere too, where the same row may be appended again */
    async append(tenantId: string, entry: AuditEntry, id = newUlid(Date.parse(entry.at))): Promise<void> {
      const Item = checkItemSize({ ...auditKey(tenantId, id), id, ...entry });
      // Taken means that this very row was appended before, by the SDK or by whoever makes good for a lost process.
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
