import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../contract';
import { hashToken, tokenSchema, type Token } from '../domain/token';
import { getRow, getRows, queryAll, whenConditionHolds, type Database } from './database';
import { tokenKey, tokensParent } from './keys';

export type TokenStore = ReturnType<typeof tokenStore>;

/** Access tokens by the SHA-256 of their text. The text itself is never stored. */
export function tokenStore(db: Database) {
  const set = (hash: string, attribute: 'last_used_at' | 'revoked_at', at: string) =>
    whenConditionHolds(() =>
      db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...tokenKey(hash) },
          UpdateExpression: 'SET #attribute = :at',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#attribute': attribute },
          ExpressionAttributeValues: { ':at': at },
        }),
      ),
    );

  /** A tenant's tokens with their hashes, newest first. */
  async function listWithHashes(tenantId: string): Promise<{ hash: string; token: Token }[]> {
    const keys = await queryAll(db, {
      IndexName: tableShape.parentIndex.name,
      KeyConditionExpression: 'parent = :parent',
      ExpressionAttributeValues: { ':parent': tokensParent(tenantId) },
    });
    const listed: { hash: string; token: Token }[] = [];
    for (let from = 0; from < keys.length; from += 100) {
      const rows = await getRows(
        db,
        keys.slice(from, from + 100).map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
      );
      for (const row of rows) {
        if (row !== undefined)
          listed.push({ hash: String(row['pk']).slice('TOKEN#'.length), token: tokenSchema.parse(row) });
      }
    }
    return listed.sort((a, b) => b.token.created_at.localeCompare(a.token.created_at));
  }

  return {
    async find(text: string): Promise<Token | undefined> {
      const row = await getRow(db, tokenKey(hashToken(text)));
      return row && tokenSchema.parse(row);
    },

    async put(tenantId: string, text: string, token: Token): Promise<void> {
      const Item = { ...tokenKey(hashToken(text)), parent: tokensParent(tenantId), ...token };
      await db.client.send(
        new PutCommand({ TableName: db.tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
      );
    },

    async list(tenantId: string): Promise<Token[]> {
      return (await listWithHashes(tenantId)).map(({ token }) => token);
    },

    /** False when the tenant has no token of this id. Revoking twice keeps the first time. */
    async revoke(tenantId: string, tokenId: string, at: string): Promise<boolean> {
      const found = (await listWithHashes(tenantId)).find(({ token }) => token.id === tokenId);
      if (found === undefined) return false;
      return found.token.revoked_at !== null || set(found.hash, 'revoked_at', at);
    },

    async noteUse(text: string, at: string): Promise<void> {
      await set(hashToken(text), 'last_used_at', at);
    },
  };
}
