import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../../contract/table';
import { limits } from '../../domain/tenant/limits';
import { getRow, queryAll, whenConditionHolds, type Database, type Row } from '../database';
import { endpointKey, endpointPrefix, tenantKey } from '../keys';
import { belowLimit } from '../tenant/limits';

/**
 * The tenant's item contains the set `endpoint_ids` with at most as many ids as the tenant may have endpoints. One
 * conditional write adds an id, so the limit is exact at any concurrency. An id is added before the row of its endpoint is written, and removed after the row is
 * deleted.
 */
export function addEndpointId(db: Database, tenantId: string, endpointId: string): Promise<boolean> {
  const room = belowLimit('size(endpoint_ids)', 'webhook_endpoints', limits.webhook_endpoints.default);
  return whenConditionHolds(() =>
    db.client.send(
      new UpdateCommand({
        TableName: db.tableName,
        Key: { ...tenantKey(tenantId) },
        UpdateExpression: 'ADD endpoint_ids :ids',
        // Already holding the place is success too, because the SDK may repeat the request.
        ConditionExpression: `attribute_exists(pk) AND (attribute_not_exists(endpoint_ids) OR ${room.condition} OR contains(endpoint_ids, :id))`,
        ExpressionAttributeNames: room.names,
        ExpressionAttributeValues: { ':ids': new Set([endpointId]), ':id': endpointId, ...room.values },
      }),
    ),
  );
}

export async function removeEndpointId(db: Database, tenantId: string, endpointId: string): Promise<void> {
  await db.client.send(
    new UpdateCommand({
      TableName: db.tableName,
      Key: { ...tenantKey(tenantId) },
      UpdateExpression: 'DELETE endpoint_ids :ids',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':ids': new Set([endpointId]) },
    }),
  );
}

const voidSeconds = 3600;

/**
 * Frees places whose endpoint has no row, because its request died or a deletion stopped half-way. A void row is
 * written first, so that a request that is only slow cannot store its endpoint after its place was freed.
 *
 * @returns true if a place was freed
 */
export async function freeEndpointIds(db: Database, tenantId: string, now: Date): Promise<boolean> {
  const held = (await getRow(db, tenantKey(tenantId)))?.['endpoint_ids'];
  const rows = await queryAll(db, {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': tenantKey(tenantId).pk, ':prefix': endpointPrefix },
    ProjectionExpression: 'sk, #void',
    ExpressionAttributeNames: { '#void': 'void' },
  });
  const stored = new Set(rows.filter((row) => row['void'] !== true).map(({ sk }) => sk));
  let freed = false;
  for (const id of held instanceof Set ? held : []) {
    if (stored.has(endpointKey(tenantId, String(id)).sk)) continue;
    if (!(await putVoidEndpoint(db, tenantId, String(id), now))) continue;
    await removeEndpointId(db, tenantId, String(id));
    freed = true;
  }
  return freed;
}

/** A row that is no endpoint and prevents one from being stored with its id for an hour. */
export function voidEndpoint(tenantId: string, endpointId: string, now: Date): Row {
  return {
    ...endpointKey(tenantId, endpointId),
    void: true,
    [tableShape.ttl]: Math.ceil(now.getTime() / 1000) + voidSeconds,
  };
}

/** False if the endpoint was stored after all. */
function putVoidEndpoint(db: Database, tenantId: string, endpointId: string, now: Date): Promise<boolean> {
  return whenConditionHolds(() =>
    db.client.send(
      new PutCommand({
        TableName: db.tableName,
        Item: voidEndpoint(tenantId, endpointId, now),
        ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(#void)',
        ExpressionAttributeNames: { '#void': 'void' },
      }),
    ),
  );
}
