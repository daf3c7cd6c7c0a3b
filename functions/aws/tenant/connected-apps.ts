import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../../contract/table';
import { addSeconds } from '../../domain/day';
import {
  connectedAppSchema,
  listedAfterEndDays,
  type AppEnd,
  type ConnectedApp,
} from '../../domain/tenant/connected-app';
import { collectPage, readerOf } from '../collect-page';
import { checkItemSize, getRow, queryAll, setting, whenConditionHolds, type Database, type Row } from '../database';
import { appKey, appPrefix, tenantKey } from '../keys';

/** The apps that act for a tenant because a member approved them. A row is never deleted; its TTL ends it. */
export function connectedAppStore(db: Database) {
  async function get(tenantId: string, appId: string): Promise<ConnectedApp | undefined> {
    const row = await getRow(db, appKey(tenantId, appId));
    return row && connectedAppSchema.parse(row);
  }

  /** Sets attributes of an app that is there and meets the condition; false if it does not. */
  const update = (tenantId: string, appId: string, attributes: Row, condition?: string) => {
    const { ExpressionAttributeValues, ...set } = setting(attributes);
    return whenConditionHolds(() =>
      db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...appKey(tenantId, appId) },
          ...set,
          ConditionExpression: ['attribute_exists(pk)', condition].filter(Boolean).join(' AND '),
          ExpressionAttributeValues: {
            ...ExpressionAttributeValues,
            ...(condition !== undefined && { ':null': null }),
          },
        }),
      ),
    );
  };

  return {
    get,

    /** The id is a new ULID, so a row that already exists was written by an SDK retry of this call. */
    async put(app: ConnectedApp): Promise<void> {
      const Item = checkItemSize({
        ...appKey(app.tenant_id, app.id),
        ...app,
        [tableShape.ttl]: forgottenAt(app.expires_at),
      });
      await whenConditionHolds(() =>
        db.client.send(
          new PutCommand({ TableName: db.tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
        ),
      );
    },

    /** All apps of a tenant that are still listed, newest first. */
    async list(tenantId: string): Promise<ConnectedApp[]> {
      const rows = await queryAll(db, {
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': tenantKey(tenantId).pk, ':prefix': appPrefix },
        ScanIndexForward: false,
      });
      return rows.map((row) => connectedAppSchema.parse(row));
    },

    /** A page of apps, newest first; it continues after the app with sort key `after`. */
    async page(
      tenantId: string,
      limit: number,
      after?: string,
    ): Promise<{ apps: ConnectedApp[]; next: string | undefined }> {
      const range = { pk: tenantKey(tenantId).pk, from: appPrefix, to: `${appPrefix}~` };
      const { items, next } = await collectPage(
        readerOf(db, range, (row) => connectedAppSchema.parse(row)),
        { limit, after },
      );
      return { apps: items, next };
    },

    /**
     * Ends the app. Returns the time at which it ended: `at`, or the earlier time of another call, because a second end
     * changes nothing. Undefined if the tenant has no such app.
     */
    async revoke(tenantId: string, appId: string, at: string, because: AppEnd): Promise<string | undefined> {
      const end = { revoked_at: at, revoked_because: because, [tableShape.ttl]: forgottenAt(at) };
      const isEnded = await update(tenantId, appId, end, '#revoked_at = :null');
      // Read back: another call was faster, or the SDK repeated a request that took effect.
      return isEnded ? at : ((await get(tenantId, appId))?.revoked_at ?? undefined);
    },

    async noteUse(tenantId: string, appId: string, at: string): Promise<void> {
      await update(tenantId, appId, { last_used_at: at });
    },

    /** True for the one call that noted the first refresh. */
    noteFirstRefresh(tenantId: string, appId: string, at: string): Promise<boolean> {
      return update(tenantId, appId, { first_refreshed_at: at }, '#first_refreshed_at = :null');
    },
  };
}

/** @param end RFC 3339 */
function forgottenAt(end: string): number {
  return Math.floor(addSeconds(new Date(end), listedAfterEndDays * 86_400).getTime() / 1000);
}
