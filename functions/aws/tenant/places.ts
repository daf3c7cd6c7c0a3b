import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { addSeconds } from '../../domain/day';
import { notFound } from '../../domain/errors';
import { connectedAppSchema, isConnected } from '../../domain/tenant/connected-app';
import { limitOf, limitReached, rulesOf } from '../../domain/tenant/limits';
import { isUsable } from '../../domain/tenant/token';
import { getRow, getRows, isConditionFailed, whenConditionHolds, type Database, type Row } from '../database';
import { appKey, memberKey, placesKey, tenantKey } from '../keys';
import { connectedAppStore } from './connected-apps';
import { memberStore } from './members';
import { readTenant } from './tenants';
import { tokenStore } from './tokens';

/** What a tenant may have a limited number of, and who of the given ids is one now. */
interface Kind {
  /** All ids in use; read once for each tenant that a release without places left. */
  readonly all: (db: Database, tenantId: string, now: Date) => Promise<string[]>;
  readonly among: (db: Database, tenantId: string, ids: readonly string[], now: Date) => Promise<string[]>;
  /** What the tenant can do itself at the limit. */
  readonly remedy: string;
}

const kinds = {
  active_tokens: {
    all: async (db, tenantId, now) =>
      (await tokenStore(db).list(tenantId)).filter((token) => isUsable(token, now)).map(({ id }) => id),
    among: async (db, tenantId, ids, now) =>
      (await tokenStore(db).withIds(tenantId, ids)).filter((token) => isUsable(token, now)).map(({ id }) => id),
    remedy: 'Revoke one first.',
  },
  connected_apps: {
    all: async (db, tenantId, now) =>
      (await connectedAppStore(db).list(tenantId)).filter((app) => isConnected(app, now)).map(({ id }) => id),
    among: async (db, tenantId, ids, now) => {
      const rows = await getRows(
        db,
        ids.map((id) => appKey(tenantId, id)),
      );
      return rows.flatMap((row) => {
        const app = row && connectedAppSchema.parse(row);
        return app !== undefined && isConnected(app, now) ? [app.id] : [];
      });
    },
    remedy: 'Revoke one first.',
  },
  members: {
    all: async (db, tenantId) => (await memberStore(db).list(tenantId)).map(({ email }) => email),
    among: async (db, tenantId, ids) => {
      const rows = await getRows(
        db,
        ids.map((email) => memberKey(tenantId, email)),
      );
      return ids.filter((_id, index) => rows[index] !== undefined);
    },
    remedy: 'Remove one first.',
  },
} satisfies Readonly<Record<string, Kind>>;
export type PlaceKind = keyof typeof kinds;

const placesSchema = z.object({ held: z.record(z.string(), z.string()) });

/**
 * A place is taken before the row of its token or member is written. After this time a place without one is free again: the
 * request that took it has ended, because no function runs for more than 30 seconds here. Unused places are looked for
 * at most once in this time, so that refused requests stay cheap.
 */
const graceSeconds = 60;
/** The time at which places were taken that a release without places left to be found. */
const longAgo = new Date(0).toISOString();
/** An update expression may have 300 operators: docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const idsPerUpdate = 100;

/**
 * The places of what a tenant may have a limited number of: a map of ids with the times at which they were taken, in one
 * item for each kind. One conditional write takes a place, so that the limit is exact at any concurrency.
 */
export function placeStore(db: Database) {
  const update = (tenantId: string, kind: PlaceKind, command: object) =>
    db.client.send(new UpdateCommand({ TableName: db.tableName, Key: { ...placesKey(tenantId, kind) }, ...command }));

  const hold = (tenantId: string, kind: PlaceKind, id: string, limit: number, now: Date) =>
    whenConditionHolds(() =>
      update(tenantId, kind, {
        UpdateExpression: 'SET held.#id = if_not_exists(held.#id, :now)',
        // Already holding the place is success too, because the SDK may repeat the request.
        ConditionExpression: 'attribute_exists(held) AND (size(held) < :limit OR attribute_exists(held.#id))',
        ExpressionAttributeNames: { '#id': id },
        ExpressionAttributeValues: { ':limit': limit, ':now': now.toISOString() },
      }),
    );

  /** Creates the item with everything that is in use. False if it is there. */
  async function create(tenantId: string, kind: PlaceKind, now: Date): Promise<boolean> {
    if ((await getRow(db, placesKey(tenantId, kind))) !== undefined) return false;
    const inUse = (await kinds[kind].all(db, tenantId, now)).slice(0, rulesOf(kind).max);
    const held = Object.fromEntries(inUse.map((id) => [id, longAgo]));
    const Item = { ...placesKey(tenantId, kind), held };
    await whenConditionHolds(() =>
      db.client.send(
        new PutCommand({ TableName: db.tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
      ),
    );
    return true;
  }

  /** Frees the places of tokens that have expired, and of requests that died. False if there are none. */
  async function freeUnused(tenantId: string, kind: PlaceKind, now: Date): Promise<boolean> {
    const graceBegan = addSeconds(now, -graceSeconds).toISOString();
    const row = await whenDue(() =>
      update(tenantId, kind, {
        UpdateExpression: 'SET checked_at = :now',
        ConditionExpression: 'attribute_not_exists(checked_at) OR checked_at <= :before',
        ExpressionAttributeValues: { ':now': now.toISOString(), ':before': graceBegan },
        ReturnValues: 'ALL_NEW',
      }),
    );
    if (row === undefined) return false;
    const settled = Object.entries(placesSchema.parse(row).held).flatMap(([id, at]) => (at <= graceBegan ? [id] : []));
    const inUse = new Set(await kinds[kind].among(db, tenantId, settled, now));
    const unused = settled.filter((id) => !inUse.has(id));
    for (let from = 0; from < unused.length; from += idsPerUpdate) {
      await remove(tenantId, kind, unused.slice(from, from + idsPerUpdate));
    }
    return unused.length > 0;
  }

  const remove = (tenantId: string, kind: PlaceKind, ids: readonly string[]) =>
    whenConditionHolds(() =>
      update(tenantId, kind, {
        UpdateExpression: `REMOVE ${ids.map((_id, index) => `held.#id${index}`).join(', ')}`,
        ConditionExpression: 'attribute_exists(held)',
        ExpressionAttributeNames: Object.fromEntries(ids.map((id, index) => [`#id${index}`, id])),
      }),
    );

  return {
    /**
     * Takes a place for `id`, before its row is written.
     *
     * @throws ProductError `limit_reached`
     */
    async take(tenantId: string, kind: PlaceKind, id: string, now: Date): Promise<void> {
      const tenant = readTenant(await getRow(db, tenantKey(tenantId)));
      if (tenant === undefined) throw notFound('tenant');
      const limit = limitOf(tenant, kind);
      const tryHold = () => hold(tenantId, kind, id, limit, now);
      if (await tryHold()) return;
      if ((await create(tenantId, kind, now)) && (await tryHold())) return;
      // All places are taken, but some may belong to tokens that have expired or to requests that died. Another request may
      // also have created the item or freed places just now.
      await freeUnused(tenantId, kind, now);
      if (await tryHold()) return;
      throw limitReached(tenant, kind, kinds[kind].remedy);
    },

    /** Frees the place of a removed row. If this write is lost, the place is found to be unused at the limit. */
    async free(tenantId: string, kind: PlaceKind, id: string): Promise<void> {
      await remove(tenantId, kind, [id]).catch(() => false);
    },
  };
}

/** The item as the write left it; undefined if the condition did not hold. */
async function whenDue(write: () => Promise<{ Attributes?: Row | undefined }>): Promise<Row | undefined> {
  try {
    return (await write()).Attributes;
  } catch (error) {
    if (isConditionFailed(error)) return undefined;
    throw error;
  }
}
