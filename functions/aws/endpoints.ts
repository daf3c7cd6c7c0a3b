import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { addSeconds } from '../domain/day';
import { ProductError } from '../domain/errors';
import type { Subscription } from '../domain/fire-webhook-event';
import { endpointSchema, rotationHours, type Endpoint } from '../domain/webhook-endpoint';
import {
  checkItemSize,
  getRow,
  isConditionFailed,
  queryAll,
  whenConditionHolds,
  type Database,
  type Row,
} from './database';
import { addEndpointId, freeEndpointIds, removeEndpointId, voidEndpoint } from './endpoint-ids';
import { endpointKey, endpointPrefix, tenantKey } from './keys';

export type EndpointStore = ReturnType<typeof endpointStore>;

/** A row with `void` only keeps an id from being used; see `freeEndpointIds` and `delete`. */
const exists = 'attribute_exists(pk) AND attribute_not_exists(#void)';
const names = { '#void': 'void' };

const keyHashSchema = z.object({ key_hash: z.optional(z.string()) });

const subscriptionSchema = z.pick(endpointSchema, { id: true, url: true, events: true, body: true, status: true });

/** A tenant's webhook endpoints. Secrets go in and are read by the sender only: nothing here returns one. */
export function endpointStore(db: Database) {
  const rowsOf = (tenantId: string, attributes?: Record<string, string>) =>
    queryAll(db, {
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': tenantKey(tenantId).pk, ':prefix': endpointPrefix },
      ...(attributes && {
        ProjectionExpression: Object.keys(attributes).join(', '),
        ExpressionAttributeNames: attributes,
      }),
    });

  /** Undefined when there is no such endpoint, or another call deleted it first. */
  async function replaceByVoid(tenantId: string, endpointId: string, mark: string, now: Date) {
    try {
      const { Attributes } = await db.client.send(
        new PutCommand({
          TableName: db.tableName,
          Item: { ...voidEndpoint(tenantId, endpointId, now), deleted_by: mark },
          ConditionExpression: `(${exists}) OR deleted_by = :mark`,
          ExpressionAttributeNames: names,
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

  return {
    async get(tenantId: string, endpointId: string): Promise<Endpoint | undefined> {
      return readEndpoint(await getRow(db, endpointKey(tenantId, endpointId)));
    },

    async exists(tenantId: string, endpointId: string): Promise<boolean> {
      return (await this.get(tenantId, endpointId)) !== undefined;
    },

    /** All of them, the newest first; at most 50, so never in pages. */
    async list(tenantId: string): Promise<Endpoint[]> {
      const endpoints = (await rowsOf(tenantId)).flatMap((row) => readEndpoint(row) ?? []);
      return endpoints.sort((a, b) => b.created_at.localeCompare(a.created_at) || b.id.localeCompare(a.id));
    },

    /** What matching an event needs, in one query. */
    async subscriptions(tenantId: string): Promise<Subscription[]> {
      const rows = await rowsOf(tenantId, {
        '#id': 'id',
        '#url': 'url',
        '#events': 'events',
        '#body': 'body',
        '#status': 'status',
      });
      return rows.flatMap((row) => (row['status'] === undefined ? [] : [subscriptionSchema.parse(row)]));
    },

    /** An endpoint made under this Idempotency-Key, by a request that died before it noted so. */
    async findByKey(tenantId: string, keyHash: string, createdSince: string): Promise<Endpoint | undefined> {
      const made = (await rowsOf(tenantId))
        .filter((row) => row['key_hash'] === keyHash)
        .flatMap((row) => readEndpoint(row) ?? []);
      return made.find(({ created_at }) => created_at >= createdSince);
    },

    /** Takes one of the tenant's 50 places, then stores the endpoint. False when all are taken. */
    async create(
      tenantId: string,
      endpoint: Endpoint,
      kept: { secret: string; keyHash: string | undefined },
      now: Date,
    ): Promise<boolean> {
      const taken =
        (await addEndpointId(db, tenantId, endpoint.id)) ||
        // Full: perhaps of places whose holder died before it stored anything.
        ((await freeEndpointIds(db, tenantId, now)) && (await addEndpointId(db, tenantId, endpoint.id)));
      if (!taken) return false;
      const Item = checkItemSize({
        ...endpointKey(tenantId, endpoint.id),
        ...endpoint,
        secret: kept.secret,
        key_hash: kept.keyHash,
      });
      const stored = await whenConditionHolds(() =>
        db.client.send(
          new PutCommand({ TableName: db.tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
        ),
      );
      // Not stored: by a repetition of the SDK that met its own row, or because another request gave this place up for lost.
      if (stored || (await this.exists(tenantId, endpoint.id))) return true;
      throw new ProductError('unavailable', 'The endpoint could not be stored just now; try again.', {
        retryAfterSeconds: 2,
      });
    },

    /** Undefined when there is no such endpoint. `changes` holds attributes of an endpoint only. */
    async update(tenantId: string, endpointId: string, changes: Partial<Endpoint>): Promise<Endpoint | undefined> {
      const set = Object.entries(changes);
      try {
        const { Attributes } = await db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...endpointKey(tenantId, endpointId) },
            UpdateExpression: `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`,
            ConditionExpression: exists,
            ExpressionAttributeNames: { ...names, ...Object.fromEntries(set.map(([name]) => [`#${name}`, name])) },
            ExpressionAttributeValues: Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
            ReturnValues: 'ALL_NEW',
          }),
        );
        return readEndpoint(Attributes);
      } catch (error) {
        if (isConditionFailed(error)) return undefined;
        throw error;
      }
    },

    /** Makes `secret` the current one; the old one signs too for 24 hours. False while an earlier rotation is within them. */
    async rotateSecret(tenantId: string, endpointId: string, secret: string, now: Date): Promise<boolean> {
      const rotated = await whenConditionHolds(() =>
        db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...endpointKey(tenantId, endpointId) },
            UpdateExpression:
              'SET previous_secret = secret, previous_until = :until, secret = :secret, updated_at = :now',
            ConditionExpression: `${exists} AND (attribute_not_exists(previous_until) OR previous_until <= :now)`,
            ExpressionAttributeNames: names,
            ExpressionAttributeValues: {
              ':secret': secret,
              ':until': addSeconds(now, rotationHours * 3600).toISOString(),
              ':now': now.toISOString(),
            },
          }),
        ),
      );
      // A repetition of the SDK is refused by its own first success; the new secret must not get lost by that.
      return rotated || (await getRow(db, endpointKey(tenantId, endpointId)))?.['secret'] === secret;
    },

    /**
     * Deletes an endpoint, then frees its place. A row that is gone cannot say whose request deleted it, and the SDK repeats
     * a request whose answer was lost; so a void row with a mark of this call stands in for it until the place is free.
     *
     * @returns the hash of the Idempotency-Key it was made under, or undefined when there is no such endpoint
     */
    async delete(
      tenantId: string,
      endpointId: string,
      now: Date,
    ): Promise<{ readonly keyHash: string | undefined } | undefined> {
      const mark = randomUUID();
      const deleted = await replaceByVoid(tenantId, endpointId, mark, now);
      if (deleted === undefined) return undefined;
      await removeEndpointId(db, tenantId, endpointId);
      // If this delete fails, TTL removes the void row.
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
    },
  };
}

export function readEndpoint(row: Row | undefined): Endpoint | undefined {
  return row === undefined || row['void'] === true ? undefined : endpointSchema.parse(row);
}
