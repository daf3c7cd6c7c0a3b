import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Run } from '../../domain/run/run';
import { storedRunSchema, type StoredRun } from '../../domain/run/stored-run';
import { checkItemSize, getRow, getRows, whenConditionHolds, type Database, type Row } from '../database';
import { inputKey, openShard, runKey, runPartition, runsParent, versionKey } from '../keys';
import { recipeIn } from '../workflow/versions';
import { withTrails } from './trails';

/** The parts of a new run's row besides the run. */
export interface NewRun {
  readonly run: Run;
  readonly input: string;
  /** Recovery takes the run up at this time unless it has ended. */
  readonly dueAt: string;
  readonly keyHash: string | undefined;
}

/** Larger inputs are stored separately, so that writes to the row of the run stay cheap. */
const inlineInputBytes = 2 * 1024;

export type RunStore = ReturnType<typeof runStore>;

export function runStore(db: Database) {
  const whole = async (tenantId: string, row: Row | undefined) =>
    readStoredRun((await withTrails(db, tenantId, [row]))[0]);

  return {
    /** Stores an accepted run; the row is the outbox of its execution. False if the number is void or taken. */
    async put(tenantId: string, { run, input, dueAt, keyHash }: NewRun): Promise<boolean> {
      const apart = Buffer.byteLength(input) > inlineInputBytes;
      if (apart) {
        const Item = checkItemSize({ ...inputKey(tenantId, run.id), input });
        await db.client.send(new PutCommand({ TableName: db.tableName, Item }));
      }
      const item = {
        ...runKey(tenantId, run.id),
        parent: runsParent(tenantId, run.workflow_id),
        ...run,
        trail: [],
        input: apart ? undefined : input,
        key_hash: keyHash,
        due_at: dueAt,
        open_shard: openShard(run.uid),
      };
      return whenConditionHolds(() =>
        db.client.send(
          new PutCommand({
            TableName: db.tableName,
            Item: checkItemSize(item),
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      );
    },

    async get(tenantId: string, runId: number): Promise<StoredRun | undefined> {
      return whole(tenantId, await getRow(db, runKey(tenantId, runId)));
    },

    /** Reads the run and the recipe version that it uses, in one request. The recipe is not parsed. */
    async getWithRecipe(
      tenantId: string,
      ids: { runId: number; workflowId: number; version: number },
    ): Promise<{ row: StoredRun | undefined; recipe: unknown }> {
      const [run, version] = await getRows(db, [
        runKey(tenantId, ids.runId),
        versionKey(tenantId, ids.workflowId, ids.version),
      ]);
      return { row: await whole(tenantId, run), recipe: recipeIn(version) };
    },

    /** The input as JSON text, wherever it is stored. */
    async inputOf(tenantId: string, row: StoredRun): Promise<string> {
      if (row.input !== undefined) return row.input;
      const kept = await getRow(db, inputKey(tenantId, row.id));
      return z.string().parse(kept?.['input']);
    },

    /**
     * The run that was accepted with this idempotency key and a number above `newerThan`; undefined if its request died
     * earlier.
     */
    async findByKey(tenantId: string, keyHash: string, newerThan: number): Promise<StoredRun | undefined> {
      let start: Row | undefined;
      do {
        const page = await db.client.send(
          new QueryCommand({
            TableName: db.tableName,
            ConsistentRead: true,
            KeyConditionExpression: 'pk = :pk AND sk > :after',
            FilterExpression: 'key_hash = :hash',
            ExpressionAttributeValues: {
              ':pk': runPartition(tenantId),
              ':after': runKey(tenantId, newerThan).sk,
              ':hash': keyHash,
            },
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        const found = page.Items?.[0];
        if (found !== undefined) return whole(tenantId, found);
        start = page.LastEvaluatedKey;
      } while (start !== undefined);
      return undefined;
    },
  };
}

/**
 * Void numbers are not runs.
 *
 * @param row with its whole trail; see `withTrails`
 */
export function readStoredRun(row: Row | undefined): StoredRun | undefined {
  return row === undefined || row['void'] === true ? undefined : storedRunSchema.parse(row);
}
