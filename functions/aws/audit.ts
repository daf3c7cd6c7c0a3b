import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import type { AuditEntry } from '../domain/audit';
import { checkItemSize, type Database } from './database';
import { auditKey } from './keys';

export type AuditStore = ReturnType<typeof auditStore>;

/** Append-only: rows are put once and nothing updates or deletes them. */
export function auditStore(db: Database) {
  return {
    async append(tenantId: string, entry: AuditEntry): Promise<void> {
      const id = ulid(Date.parse(entry.at));
      const Item = checkItemSize({ ...auditKey(tenantId, id), id, ...entry });
      await db.client.send(
        new PutCommand({ TableName: db.tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
      );
    },
  };
}
