import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { hashToken, tokenSchema, type Token } from '../domain/token';
import { getRow, getRows, queryAll, whenConditionHolds, type Database, type Row } from './database';
import { tenantKey, tokenIdKey, tokenIdPrefix, tokenKey } from './keys';

export type TokenStore = ReturnType<typeof tokenStore>;

/** Access tokens by the SHA-256 of their text. The text itself is never stored. */
export function tokenStore(db: Database) {
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

  const ofTenant = (tenantId: string) => ({
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': tenantKey(tenantId).pk, ':prefix': tokenIdPrefix },
    ScanIndexForward: false,
  });

  /** The tokens behind rows of token ids. One whose own row was never written opens nothing and is left out. */
  async function tokensBehind(rows: readonly Row[]): Promise<Token[]> {
    const tokens: Token[] = [];
    for (let from = 0; from < rows.length; from += 100) {
      const keys = rows.slice(from, from + 100).map((row) => tokenKey(String(row['hash'])));
      for (const row of await getRows(db, keys)) if (row !== undefined) tokens.push(tokenSchema.parse(row));
    }
    return tokens;
  }

  return {
    async find(text: string): Promise<Token | undefined> {
      const row = await getRow(db, tokenKey(hashToken(text)));
      return row && tokenSchema.parse(row);
    },

    /**
     * The id first, so that no token works without being listed. Both keys are of this call alone, the one by its ULID, the
     * other by the token's random text: whatever is there already was put by it, when the SDK repeated the request.
     */
    async put(tenantId: string, text: string, token: Token): Promise<void> {
      const hash = hashToken(text);
      for (const Item of [
        { ...tokenIdKey(tenantId, token.id), hash },
        { ...tokenKey(hash), ...token },
      ]) {
        await whenConditionHolds(() =>
          db.client.send(
            new PutCommand({ TableName: db.tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
          ),
        );
      }
    },

    async get(tenantId: string, tokenId: string): Promise<Token | undefined> {
      const row = await getRow(db, tokenIdKey(tenantId, tokenId));
      return row && (await tokensBehind([row]))[0];
    },

    /** All of a tenant's tokens, newest first, also those that no longer work. */
    async list(tenantId: string): Promise<Token[]> {
      return tokensBehind(await queryAll(db, ofTenant(tenantId)));
    },

    /** A page of them; continues after the token with sort key `after`. */
    async page(
      tenantId: string,
      limit: number,
      after?: string,
    ): Promise<{ tokens: Token[]; next: string | undefined }> {
      const { Items = [] } = await db.client.send(
        new QueryCommand({
          ...ofTenant(tenantId),
          TableName: db.tableName,
          Limit: limit + 1,
          ...(after !== undefined && { ExclusiveStartKey: { pk: tenantKey(tenantId).pk, sk: after } }),
        }),
      );
      const rows = Items.slice(0, limit);
      return {
        tokens: await tokensBehind(rows),
        next: Items.length > limit ? String(rows.at(-1)?.['sk']) : undefined,
      };
    },

    /**
     * When the token was revoked: `at`, or earlier by another call, since revoking twice keeps the first time. Undefined
     * when the tenant has no token of this id.
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

    async noteUse(text: string, at: string): Promise<void> {
      await set(hashToken(text), 'last_used_at', at, 'attribute_exists(#attribute)');
    },
  };
}
