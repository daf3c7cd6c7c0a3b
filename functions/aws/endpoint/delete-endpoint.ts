import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { isConditionFailed, type Database } from '../database';
import { endpointKey } from '../keys';
import { removeEndpointId, voidEndpoint } from './ids';

/** A row with `void` only prevents an id from being used; see `freeEndpointIds` and `deleteEndpoint`. */
export const existing = {
  expression: 'attribute_exists(pk) AND attribute_not_exists(#void)',
  names: { '#void': 'void' },
} as const;

const keyHashSchema = z.object({ key_hash: z.optional(z.string()) });

/**
 * Deletes an endpoint, then frees its place. The SDK repeats a request whose response was lost, and a deleted row cannot
 * show which call deleted it, so a void row with the mark of this call replaces it until the place is free.
 *
 * @returns the hash of the Idempotency-Key that it was created with; undefined if there is no such endpoint
 */
export async function deleteEndpoint(
  db: Database,
  tenantId: string,
  endpointId: string,
  now: Date,
): Promise<{ readonly keyHash: string | undefined } | undefined> {
  const mark = randomUUID();
  const deleted = await replaceByVoid(db, tenantId, endpointId, mark, now);
  if (deleted === undefined) return undefined;
  // If one of these writes fails, the endpoint is deleted all the same: an error would hide that, and keep it out of the
  // audit. A place that was not freed is freed when the tenant needs it, and TTL removes the void row.
  await removeEndpointId(db, tenantId, endpointId).catch(() => undefined);
  await db.client
    .send(
      new DeleteCommand({
        TableName: db.tableName,
        Key: { ...endpointKey(tenantId, endpointId) },
        ConditionExpression: 'deleted_by = :mark',
        ExpressionAttributeValues: { ':mark': mark },
      }),
    )
    .catch(() => undefined);
  return { keyHash: deleted.keyHash };
}

/** Undefined if there is no such endpoint, or if another call deleted it first. */
async function replaceByVoid(db: Database, tenantId: string, endpointId: string, mark: string, now: Date) {
  try {
    const { Attributes } = await db.client.send(
      new PutCommand({
        TableName: db.tableName,
        Item: { ...voidEndpoint(tenantId, endpointId, now), deleted_by: mark },
        ConditionExpression: `(${existing.expression}) OR deleted_by = :mark`,
        ExpressionAttributeNames: existing.names,
        ExpressionAttributeValues: { ':mark': mark },
        ReturnValues: 'ALL_OLD',
      }),
    );
    return { keyHash: keyHashSchema.parse(Attributes).key_hash };
  } catch (error) {
    if (isConditionFailed(error)) return undefined;
    throw error;
  }
}
