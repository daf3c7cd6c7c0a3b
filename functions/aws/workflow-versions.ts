import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { StoredVersion } from '../domain/workflow-version-view';
import { collectPage, readerOf } from './collect-page';
import { checkItemSize, getRow, type Database, type Row } from './database';
import { tenantKey, versionKey, versionPrefix } from './keys';
import { recipeIn } from './runs';

export type WorkflowVersionStore = ReturnType<typeof workflowVersionStore>;

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
      const from = versionPrefix(workflowId);
      const { items, next } = await collectPage(
        readerOf(db, { pk: tenantKey(tenantId).pk, from, to: `${from}~` }, readVersion),
        { limit, after },
      );
      return { versions: items, next };
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
