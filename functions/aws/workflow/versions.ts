import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { judgeStoredNumber } from '../../domain/exact-number';
import { inexactPlaces } from '../../domain/inexact-places';
import type { StoredVersion } from '../../domain/workflow/version-view';
import type { Workflow } from '../../domain/workflow/workflow';
import { collectPage, readerOf } from '../collect-page';
import { checkItemSize, getRow, type Database, type Row, whenConditionHolds } from '../database';
import { tenantKey, versionKey, versionPrefix } from '../keys';

/** A workflow that was read before its versions. */
type Seen = Pick<Workflow, 'id' | 'version'>;

/**
 * The immutable versions of recipes. A version is in force from the moment at which the workflow names it. Its row is
 * written earlier, so that a workflow never names a missing recipe. A row may therefore belong to a request that died
 * or lost a race: its attribute `candidate` marks it, and its number is treated as if it did not exist. The mark is
 * removed before the workflow moves on to another version, so a version that was in force has no mark or is the current
 * one. Rows of releases before this rule have no mark.
 */
export function workflowVersionStore(db: Database) {
  return {
    /**
     * Stores a candidate. False if another call took the number. The mark of a candidate is a random value of its call: the
     * SDK repeats a put whose response was lost, and that must not be refused by its own first success. Without the mark in
     * the condition the call would take the next number and leave a gap.
     */
    put(tenantId: string, workflowId: number, version: number, recipe: unknown, at: string): Promise<boolean> {
      const key = versionKey(tenantId, workflowId, version);
      const candidate = randomUUID();
      const Item = checkItemSize({ ...key, recipe: JSON.stringify(recipe), created_at: at, candidate });
      return whenConditionHolds(() =>
        db.client.send(
          new PutCommand({
            TableName: db.tableName,
            Item,
            ConditionExpression: 'attribute_not_exists(pk) OR candidate = :candidate',
            ExpressionAttributeValues: { ':candidate': candidate },
          }),
        ),
      );
    },

    /**
     * Records that the workflow's version was in force. This must be done before the workflow moves on to another
     * version.
     */
    async noteInForce(tenantId: string, { id, version }: Seen): Promise<void> {
      await whenConditionHolds(() =>
        db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...versionKey(tenantId, id, version) },
            UpdateExpression: 'REMOVE candidate',
            ConditionExpression: 'attribute_exists(candidate)',
          }),
        ),
      );
    },

    /**
     * A version that is or was in force.
     *
     * @param workflow read before this call; if it were read later, a version replaced in between would not be found
     */
    async get(tenantId: string, workflow: Seen, version: number): Promise<StoredVersion | undefined> {
      const row = await getRow(db, versionKey(tenantId, workflow.id, version));
      return row && readVersion(row, workflow);
    },

    /**
     * The versions that are or were in force, newest first; continues after the version with sort key `after`.
     *
     * @param workflow read before this call, as for `get`
     */
    async list(
      tenantId: string,
      workflow: Seen,
      limit: number,
      after?: string,
    ): Promise<{ versions: StoredVersion[]; next: string | undefined }> {
      const rows = {
        pk: tenantKey(tenantId).pk,
        from: versionPrefix(workflow.id),
        to: versionKey(tenantId, workflow.id, workflow.version).sk,
      };
      const readAfter = readerOf(db, rows, (row) => readVersion(row, workflow));
      const { items, next } = await collectPage(readAfter, { limit, after });
      return { versions: items, next };
    },
  };
}

function readVersion(row: Row, workflow: Seen): StoredVersion | undefined {
  const version = Number(String(row['sk']).split('#').at(-1));
  // No version above the current one was in force yet, whatever its row says.
  if (version > workflow.version || (row['candidate'] !== undefined && version !== workflow.version)) return undefined;
  return {
    version,
    created_at: z._default(z.nullable(z.string()), null).parse(row['created_at']),
    recipe: recipeIn(row),
  };
}

/**
 * The recipe in the row of a version, parsed from JSON but not checked. Text that is not JSON, or that parsing would
 * change, is returned as it is, and no check accepts it. The product itself stores no such text.
 */
export function recipeIn(version: Row | undefined): unknown {
  const text = version?.['recipe'];
  if (typeof text !== 'string') return undefined;
  try {
    const recipe: unknown = JSON.parse(text);
    return inexactPlaces(text, judgeStoredNumber, 1).length === 0 ? recipe : text;
  } catch {
    return text;
  }
}
