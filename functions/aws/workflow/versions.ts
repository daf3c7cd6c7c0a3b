import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { StoredVersion } from '../../domain/workflow/version-view';
import { checkItemSize, getRow, type Database, type Row } from '../database';
import { tenantKey, versionKey, versionPrefix } from '../keys';

/** The immutable versions of recipes. */
export function workflowVersionStore(db: Database) {
  return {
    /** Fails on its condition when the version exists. */
    async put(tenantId: string, workflowId: number, version: number, recipe: unknown, at: string): Promise<void> {
      const key = versionKey(tenantId, workflowId, version);
      const Item = checkItemSize({ ...key, recipe: JSON.stringify(recipe), created_at: at });
      await db.client.send(
        new PutCommand({ TableName: db.tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
      );
    },

    async get(tenantId: string, workflowId: number, version: number): Promise<StoredVersion | undefined> {
      const row = await getRow(db, versionKey(tenantId, workflowId, version));
      return row && readVersion(row);
    },

    /** Newest first; continues after the version with sort key `after`. */
    async list(
      tenantId: string,
      workflowId: number,
      limit: number,
      after?: string,
    ): Promise<{ versions: StoredVersion[]; next: string | undefined }> {
      const { pk } = tenantKey(tenantId);
      const { Items = [], LastEvaluatedKey } = await db.client.send(
        new QueryCommand({
          TableName: db.tableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': pk, ':prefix': versionPrefix(workflowId) },
          ScanIndexForward: false,
          Limit: limit + 1,
          ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after } }),
        }),
      );
      const page = Items.slice(0, limit);
      // Recipes of 64 KB reach the 1 MB of one query before any limit.
      const more = Items.length > limit || LastEvaluatedKey !== undefined;
      return { versions: page.map(readVersion), next: more ? String(page.at(-1)?.['sk']) : undefined };
    },
  };
}

function readVersion(row: Row): StoredVersion {
  const number = String(row['sk']).split('#').at(-1);
  return {
    version: Number(number),
    created_at: z._default(z.nullable(z.string()), null).parse(row['created_at']),
    recipe: recipeIn(row),
  };
}

/** The recipe in a version's row, parsed from its text but not yet checked. Text that is no JSON is itself, which no check accepts. */
export function recipeIn(version: Row | undefined): unknown {
  const text = version?.['recipe'];
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
