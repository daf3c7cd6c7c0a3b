import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../../contract/table';
import { webhookEventSchema, type WebhookEvent } from '../../domain/delivery/event';
import { checkItemSize, getRow, whenConditionHolds, type Database } from '../database';
import { eventKey } from '../keys';

/** Fired webhook events. Each is written once and never changed. */
export function eventStore(db: Database) {
  return {
    async get(tenantId: string, eventId: string): Promise<WebhookEvent | undefined> {
      const row = await getRow(db, eventKey(tenantId, eventId));
      return row && webhookEventSchema.parse(row);
    },

    /** Stores the event unless an earlier attempt at the same step stored it, and returns the stored one. */
    async putIfAbsent(tenantId: string, event: WebhookEvent): Promise<WebhookEvent> {
      const Item = checkItemSize({
        ...eventKey(tenantId, event.id),
        ...event,
        [tableShape.ttl]: Math.ceil(Date.parse(event.expires_at) / 1000),
      });
      const stored = await whenConditionHolds(() =>
        db.client.send(
          new PutCommand({ TableName: db.tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
        ),
      );
      if (stored) return event;
      return webhookEventSchema.parse(await getRow(db, eventKey(tenantId, event.id)));
    },
  };
}
