import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { decisive, endpointSchema, type Endpoint, type Subscription } from '../../domain/endpoint/endpoint';
import { ProductError } from '../../domain/errors';
import {
  checkItemSize,
  getRow,
  isConditionFailed,
  queryAll,
  setting,
  whenConditionHolds,
  type Database,
  type Row,
} from '../database';
import { endpointKey, endpointPrefix, tenantKey } from '../keys';
import { deleteEndpoint, existing } from './delete-endpoint';
import { addEndpointId, freeEndpointIds } from './ids';
import { unchanged } from '../unchanged';

const subscriptionSchema = z.pick(endpointSchema, {
  id: true,
  url: true,
  events: true,
  body: true,
  status: true,
  max_per_second: true,
});

/**
 * The webhook endpoints of a tenant. Secrets are written here and read by the sender only; no function here returns
 * one.
 */
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

  async function get(tenantId: string, endpointId: string): Promise<Endpoint | undefined> {
    return readEndpoint(await getRow(db, endpointKey(tenantId, endpointId)));
  }

  return {
    get,

    async exists(tenantId: string, endpointId: string): Promise<boolean> {
      return (await get(tenantId, endpointId)) !== undefined;
    },

    /** All endpoints, newest first. There are at most as many as the limit `webhook_endpoints`, so they are not paged. */
    async list(tenantId: string): Promise<Endpoint[]> {
      const endpoints = (await rowsOf(tenantId)).flatMap((row) => readEndpoint(row) ?? []);
      return endpoints.sort((a, b) => b.created_at.localeCompare(a.created_at) || b.id.localeCompare(a.id));
    },

    /** What is needed to match an event, in one query. */
    async subscriptions(tenantId: string): Promise<Subscription[]> {
      const rows = await rowsOf(tenantId, {
        '#id': 'id',
        '#url': 'url',
        '#events': 'events',
        '#body': 'body',
        '#status': 'status',
        '#rate': 'max_per_second',
      });
      return rows.flatMap((row) => (row['status'] === undefined ? [] : [subscriptionSchema.parse(row)]));
    },

    /** The endpoint that was created with this Idempotency-Key by a request that died before it recorded the result. */
    async findByKey(tenantId: string, keyHash: string, createdSince: string): Promise<Endpoint | undefined> {
      const made = (await rowsOf(tenantId))
        .filter((row) => row['key_hash'] === keyHash)
        .flatMap((row) => readEndpoint(row) ?? []);
      return made.find(({ created_at }) => created_at >= createdSince);
    },

    /** Takes one of the tenant's places, then stores the endpoint. False if all are taken. */
    async create(
      tenantId: string,
      endpoint: Endpoint,
      kept: { secret: string; keyHash: string | undefined },
      now: Date,
    ): Promise<boolean> {
      const taken =
        (await addEndpointId(db, tenantId, endpoint.id)) ||
        // All places are taken, but some may belong to requests that died before they stored an endpoint.
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
      // The write was refused: either the SDK repeated it and met its own row, or another request freed this place.
      if (stored || (await get(tenantId, endpoint.id)) !== undefined) return true;
      throw new ProductError('unavailable', 'The endpoint could not be stored just now; try again.', {
        retryAfterSeconds: 2,
      });
    },

    /**
     * `changes` contains attributes of an endpoint only. Undefined if there is no such endpoint.
     *
     * @param decidedBy the endpoint by which the changes were decided
     * @param by attributes of it. If one of them has changed since, nothing is written.
     */
    async update(
      tenantId: string,
      endpointId: string,
      changes: Partial<Endpoint>,
      decidedBy?: Endpoint,
      by: readonly (keyof Endpoint)[] = decisive,
    ): Promise<Endpoint | 'changed_meanwhile' | undefined> {
      const mark = randomUUID();
      const update = setting({ ...changes, edit_mark: mark, ...(changesAddress(changes) && { address_mark: mark }) });
      const still = decidedBy && unchanged(decidedBy, by);
      try {
        const { Attributes } = await db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...endpointKey(tenantId, endpointId) },
            UpdateExpression: update.UpdateExpression,
            ConditionExpression:
              still === undefined ? existing.expression : `${existing.expression} AND ${still.expression}`,
            ExpressionAttributeNames: { ...existing.names, ...still?.names, ...update.ExpressionAttributeNames },
            ExpressionAttributeValues: { ...still?.values, ...update.ExpressionAttributeValues },
            ReturnValues: 'ALL_NEW',
          }),
        );
        return readEndpoint(Attributes);
      } catch (error) {
        if (!isConditionFailed(error)) throw error;
        const now = await get(tenantId, endpointId);
        // If the SDK repeats the write, its own first success refuses it.
        return now === undefined || [now.edit_mark, now.address_mark].includes(mark) ? now : 'changed_meanwhile';
      }
    },

    /** Deletes an endpoint and frees its place; see {@link deleteEndpoint}. */
    delete: (tenantId: string, endpointId: string, now: Date, seen?: Endpoint) =>
      deleteEndpoint(db, tenantId, endpointId, now, seen),
  };
}

/**
 * Whether the outcomes of attempts that are under way no longer say anything about the endpoint: the change is of where or
 * how events are sent, or of the status.
 */
function changesAddress({ url, headers, body, status }: Partial<Endpoint>): boolean {
  return [url, headers, body, status].some((changed) => changed !== undefined);
}

export function readEndpoint(row: Row | undefined): Endpoint | undefined {
  return row === undefined || row['void'] === true ? undefined : endpointSchema.parse(row);
}
