import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { revisedBy, type Endpoint } from '../../domain/endpoint/endpoint';
import { isConditionFailed, type Database, type Row } from '../database';
import { endpointKey } from '../keys';
import { unchanged } from '../unchanged';
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
 * @param seen the endpoint as it was just read, if the deletion is refused once somebody edited it
 * @returns the hash of the Idempotency-Key that it was created with; undefined if there is no such endpoint, or if the
 *   deletion is refused
 */
export async function deleteEndpoint(
  db: Database,
  tenantId: string,
  endpointId: string,
  now: Date,
  seen?: Endpoint,
): Promise<{ readonly keyHash: string | undefined } | undefined> {
  const mark = randomUUID();
  const deleted = await replaceByVoid(db, voidEndpoint(tenantId, endpointId, now), mark, seen);
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

/** Undefined if there is no such endpoint, if another call deleted it first, or if it is no longer as it was seen. */
async function replaceByVoid(db: Database, voidRow: Row, mark: string, seen: Endpoint | undefined) {
  const still = seen && unchanged(seen, revisedBy);
  const condition = still === undefined ? existing.expression : `${existing.expression} AND ${still.expression}`;
  try {
    const { Attributes } = await db.client.send(
      new PutCommand({
        TableName: db.tableName,
        Item: { ...voidRow, deleted_by: mark },
        ConditionExpression: `(${condition}) OR deleted_by = :mark`,
        ExpressionAttributeNames: { ...existing.names, ...still?.names },
        ExpressionAttributeValues: { ':mark': mark, ...still?.values },
        ReturnValues: 'ALL_OLD',
      }),
    );
    return { keyHash: keyHashSchema.parse(Attributes).key_hash };
  } catch (error) {
    if (isConditionFailed(error)) return undefined;
    throw error;
  }
}
