import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { tableShape } from '../../contract/table';
import { checkItemSize, getRow, setting, whenConditionHolds, type Database, type Row } from '../database';
import { authorizationKey, type Key } from '../keys';

/**
 * What an authorization goes through, each known by a secret id: the request itself, its code, and refresh tokens; and, by
 * its address, what the document of an approved client said.
 */
export type AuthorizationKind = 'Interaction' | 'AuthorizationCode' | 'RefreshToken' | 'ClientDocument';

const rowSchema = z.object({
  payload: z.string(),
  expires_at_s: z.int(),
  /** When it was used, in epoch seconds. It can be used once. */
  used_at_s: z.optional(z.int()),
});

/** A used id is remembered this long, so that a second use is recognised. */
const rememberedDays = 30;

/**
 * What the authorization server remembers between requests. Ids are secrets, so only their SHA-256 is stored. Expiry is
 * judged on read; TTL only cleans up.
 */
export function authorizationStore(db: Database) {
  return {
    /** Keeps whether it was used, so that a request that is decided stays so. */
    async put(kind: AuthorizationKind, id: string, payload: object, expiresAt: Date): Promise<void> {
      const set = { payload: JSON.stringify(payload), [tableShape.ttl]: Math.floor(expiresAt.getTime() / 1000) };
      checkItemSize({ ...keyOf(kind, id), ...set });
      await db.client.send(
        new UpdateCommand({ TableName: db.tableName, Key: { ...keyOf(kind, id) }, ...setting(set) }),
      );
    },

    async find(kind: AuthorizationKind, id: string, now: Date): Promise<Record<string, unknown> | undefined> {
      const row = await getRow(db, keyOf(kind, id));
      if (row === undefined) return undefined;
      const { payload, expires_at_s, used_at_s } = rowSchema.parse(row);
      if (expires_at_s * 1000 <= now.getTime()) return undefined;
      return {
        ...z.record(z.string(), z.unknown()).parse(JSON.parse(payload)),
        ...(used_at_s !== undefined && { consumed: used_at_s }),
      };
    },

    /** True for the one call that uses it. */
    consume(kind: AuthorizationKind, id: string, now: Date): Promise<boolean> {
      const nowSeconds = Math.floor(now.getTime() / 1000);
      return whenConditionHolds(() =>
        db.once.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...keyOf(kind, id) },
            UpdateExpression: 'SET used_at_s = :now, #ttl = :ttl',
            ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(used_at_s)',
            ExpressionAttributeNames: { '#ttl': tableShape.ttl },
            ExpressionAttributeValues: { ':now': nowSeconds, ':ttl': nowSeconds + rememberedDays * 86_400 },
          }),
        ),
      );
    },

    async delete(kind: AuthorizationKind, id: string): Promise<void> {
      await db.client.send(new DeleteCommand({ TableName: db.tableName, Key: { ...keyOf(kind, id) } }));
    },

    /** The key that seals the ids of registered clients; made by the first call of all. */
    async clientKey(): Promise<Buffer> {
      const row = (await getRow(db, clientKeyKey)) ?? (await makeClientKey(db));
      return Buffer.from(clientKeySchema.parse(row).client_key, 'base64');
    },
  };
}

const clientKeyKey = authorizationKey('CLIENT-KEY');
const clientKeySchema = z.object({ client_key: z.string() });

async function makeClientKey(db: Database): Promise<Row | undefined> {
  const { Attributes } = await db.client.send(
    new UpdateCommand({
      TableName: db.tableName,
      Key: { ...clientKeyKey },
      UpdateExpression: 'SET client_key = if_not_exists(client_key, :new)',
      ExpressionAttributeValues: { ':new': randomBytes(32).toString('base64') },
      ReturnValues: 'ALL_NEW',
    }),
  );
  return Attributes;
}

function keyOf(kind: AuthorizationKind, id: string): Key {
  return authorizationKey(createHash('sha256').update(`${kind}:${id}`).digest('hex'));
}
