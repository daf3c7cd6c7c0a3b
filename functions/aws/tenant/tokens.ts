import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../../contract/table';
import { hashToken, tokenSchema, type Token } from '../../domain/tenant/token';
import { collectPage, readerOf, type ReadAfter } from '../collect-page';
import { getRow, getRows, queryAll, whenConditionHolds, type Database, type Row } from '../database';
import { tenantKey, tokenIdKey, tokenIdPrefix, tokenKey } from '../keys';
import { connectedAppStore } from './connected-apps';

/** Access tokens by the SHA-256 of their text, which is never stored. */
export function tokenStore(db: Database) {
  const apps = connectedAppStore(db);
  const set = (hash: string, attribute: 'last_used_at' | 'revoked_at', at: string, condition: string) =>
    whenConditionHolds(() =>
      db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...tokenKey(hash) },
          UpdateExpression: 'SET #attribute = :at',
          ConditionExpression: `attribute_exists(pk) AND ${condition}`,
          ExpressionAttributeNames: { '#attribute': attribute },
          ExpressionAttributeValues: { ':at': at, ...(condition.includes(':null') && { ':null': null }) },
        }),
      ),
    );

  const putIfAbsent = (Item: Row) =>
    whenConditionHolds(() =>
      db.client.send(
        new PutCommand({ TableName: db.tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
      ),
    );

  /**
   * Reads the tokens that rows of token ids point to, in their order. Undefined for a token whose own row was never
   * written; it gives no access.
   */
  async function tokensBehind(rows: readonly (Row | undefined)[]): Promise<(Token | undefined)[]> {
    const found = await getRows(
      db,
      rows.map((row) => tokenKey(String(row?.['hash']))),
    );
    return found.map((row) => row && tokenSchema.parse(row));
  }

  return {
    /** A token that a connected app got shares the app's last use, and works no longer than the app does. */
    async find(text: string): Promise<Token | undefined> {
      const row = await getRow(db, tokenKey(hashToken(text)));
      const token = row && tokenSchema.parse(row);
      if (token?.app_id === undefined) return token;
      const app = await apps.get(token.tenant_id, token.app_id);
      if (app === undefined) return undefined;
      return {
        ...token,
        expires_at: token.expires_at === null || token.expires_at > app.expires_at ? app.expires_at : token.expires_at,
        revoked_at: token.revoked_at ?? app.revoked_at,
        last_used_at: app.last_used_at,
      };
    },

    /**
     * Writes the id first, so that no token works without being listed. Both keys belong to this call alone, one by its ULID
     * and the other by the random text of the token, so a row that already exists was written by an SDK retry of this call.
     */
    async put(tenantId: string, text: string, token: Token): Promise<void> {
      const hash = hashToken(text);
      await putIfAbsent({ ...tokenIdKey(tenantId, token.id), hash });
      await putIfAbsent({ ...tokenKey(hash), ...token });
    },

    /**
     * Writes a token that a connected app got. It is not listed under its id, because the list shows its app, which gets
     * a new one every hour; the row is deleted a day after the token expired. A row that already exists was written by an
     * SDK retry of this call.
     */
    async putForApp(text: string, token: Token): Promise<void> {
      await putIfAbsent({
        ...tokenKey(hashToken(text)),
        ...token,
        ...(token.expires_at !== null && { [tableShape.ttl]: dayAfter(token.expires_at) }),
      });
    },

    /** Ends one access token of an app; a second call changes nothing. */
    async revokeForApp(text: string, at: string): Promise<void> {
      await set(hashToken(text), 'revoked_at', at, '#attribute = :null');
    },

    async get(tenantId: string, tokenId: string): Promise<Token | undefined> {
      const row = await getRow(db, tokenIdKey(tenantId, tokenId));
      return row && (await tokensBehind([row]))[0];
    },

    /** Those of these tokens that the tenant has. */
    async withIds(tenantId: string, tokenIds: readonly string[]): Promise<Token[]> {
      const rows = await getRows(
        db,
        tokenIds.map((id) => tokenIdKey(tenantId, id)),
      );
      const found = await tokensBehind(rows.filter((row) => row !== undefined));
      return found.filter((token) => token !== undefined);
    },

    /** All tokens of a tenant, newest first, including those that no longer work. */
    async list(tenantId: string): Promise<Token[]> {
      const rows = await queryAll(db, {
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': tenantKey(tenantId).pk, ':prefix': tokenIdPrefix },
        ScanIndexForward: false,
      });
      return (await tokensBehind(rows)).filter((token) => token !== undefined);
    },

    /** A page of tokens; it continues after the token with sort key `after`. */
    async page(
      tenantId: string,
      limit: number,
      after?: string,
    ): Promise<{ tokens: Token[]; next: string | undefined }> {
      const ids = { pk: tenantKey(tenantId).pk, from: tokenIdPrefix, to: `${tokenIdPrefix}~` };
      const readIds = readerOf(db, ids, (row) => row);
      const readAfter: ReadAfter<Token> = async (last, size) => {
        const { rows, more } = await readIds(last, size);
        const tokens = await tokensBehind(rows.map(({ item }) => item));
        return { rows: rows.map(({ sk }, index) => ({ sk, item: tokens[index] })), more };
      };
      const { items, next } = await collectPage(readAfter, { limit, after });
      return { tokens: items, next };
    },

    /**
     * Returns the time at which the token was revoked: `at`, or the earlier time of another call, because a second revocation
     * keeps the first time. Undefined if the tenant has no token with this id.
     */
    async revoke(tenantId: string, tokenId: string, at: string): Promise<string | undefined> {
      const row = await getRow(db, tokenIdKey(tenantId, tokenId));
      if (row === undefined) return undefined;
      const hash = String(row['hash']);
      if (await set(hash, 'revoked_at', at, '#attribute = :null')) return at;
      // Read back: another call was faster, or the SDK repeated a request that took effect.
      const token = await getRow(db, tokenKey(hash));
      return (token && tokenSchema.parse(token).revoked_at) ?? undefined;
    },

    async noteUse(text: string, { tenant_id, app_id }: Token, at: string): Promise<void> {
      if (app_id !== undefined) await apps.noteUse(tenant_id, app_id, at);
      else await set(hashToken(text), 'last_used_at', at, 'attribute_exists(#attribute)');
    },
  };
}

/** In seconds since 1970, as TTL reads it. @param time RFC 3339 */
function dayAfter(time: string): number {
  return Math.floor(Date.parse(time) / 1000) + 86_400;
}
