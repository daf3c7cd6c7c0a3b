import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import { inputsText } from '../../domain/workflow/input/declaration';
import { summariseRecipe } from '../../domain/workflow/recipe-summary';
import { revisedBy, workflowSchema, type Workflow } from '../../domain/workflow/workflow';
import { collectPage, readerOf } from '../collect-page';
import {
  getRow,
  getRows,
  isConditionFailed,
  queryAll,
  setting,
  whenConditionHolds,
  type Database,
  type Row,
} from '../database';
import { tenantKey, versionKey, workflowKey, workflowPrefix } from '../keys';
import { unchanged } from '../unchanged';
import { readLastRuns } from './last-runs';
import { takeWorkflowId } from './take-id';
import { workflowVersionStore, recipeIn } from './versions';

/** What an author writes. The recipe is stored as JSON text without a check, so check it first. */
export interface WorkflowWrite {
  readonly name: string;
  readonly description: string | null;
  readonly active: boolean;
  readonly recipe: unknown;
  /** The name of its tool, null for none; undefined for the one that it has. */
  readonly tool_name?: string | null | undefined;
}

/** What can be changed of a workflow without a new version. */
export type WorkflowMarks = Partial<Pick<Workflow, 'active' | 'tool_name'>>;

/** Workflows and their immutable recipe versions. Recipes are not checked here. */
export function workflowStore(db: Database) {
  const versions = workflowVersionStore(db);

  async function get(tenantId: string, workflowId: number): Promise<Workflow | undefined> {
    const row = await getRow(db, workflowKey(tenantId, workflowId));
    return row && workflowSchema.parse(row);
  }

  /** The rows of all workflows, newest first. */
  function rowsOf(tenantId: string): Promise<Row[]> {
    return queryAll(db, {
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': tenantKey(tenantId).pk, ':prefix': workflowPrefix },
      ScanIndexForward: false,
    });
  }

  /**
   * Whether the version that this call stored is in force although the write was refused, because the SDK repeated a
   * write that had succeeded.
   */
  async function wasInForce(tenantId: string, workflowId: number, version: number): Promise<boolean> {
    const workflow = await get(tenantId, workflowId);
    return workflow !== undefined && (await versions.get(tenantId, workflow, version)) !== undefined;
  }

  return {
    get,

    /** The recipe of a version that is or was in force, parsed from JSON but not checked. */
    async recipe(tenantId: string, workflowId: number, version: number): Promise<unknown> {
      return recipeIn(await getRow(db, versionKey(tenantId, workflowId, version)));
    },

    /**
     * Numbers of workflows may have gaps: a repetition by the SDK of the write that takes a number takes another one.
     *
     * @param keyHash the hash of the Idempotency-Key of the request, by which `findByKey` finds the workflow
     * @param toolName takes the name of its tool, once its number is known; whatever it throws keeps the workflow from being created
     * @throws ProductError `limit_reached` if the tenant has as many workflows as it may have
     */
    async create(
      tenantId: string,
      write: WorkflowWrite,
      at: string,
      keyHash?: string,
      toolName?: (id: number) => Promise<string>,
    ): Promise<Workflow> {
      const id = await takeWorkflowId(db, tenantId, at);
      const tool_name = (await toolName?.(id)) ?? null;
      // The version first: a workflow whose recipe is missing must never be seen. The id is taken for this call alone, so a
      // version that is there already was put by it: the SDK repeated the request.
      await versions.put(tenantId, id, 1, write.recipe, at);
      // Parsed, so that its attributes have the order of those that are read: the ETag is made of the text.
      const workflow = workflowSchema.parse({ id, ...attributesOf(1, { ...write, tool_name }, at), created_at: at });
      // The id is taken for this call alone, so if the write is refused, the SDK repeated it after its own first success.
      // Without the condition the repetition would undo a change that somebody made to the new workflow in between.
      await whenConditionHolds(() =>
        db.client.send(
          new PutCommand({
            TableName: db.tableName,
            Item: { ...workflowKey(tenantId, id), ...workflow, key_hash: keyHash },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      );
      return workflow;
    },

    /** The workflow that was created with this Idempotency-Key by a request that died before it recorded the result. */
    async findByKey(tenantId: string, keyHash: string, createdSince: string): Promise<Workflow | undefined> {
      const made = (await rowsOf(tenantId))
        .filter((row) => row['key_hash'] === keyHash)
        .map((row) => workflowSchema.parse(row));
      return made.find(({ created_at }) => created_at >= createdSince);
    },

    /**
     * Writes the next version.
     *
     * @param seen the workflow as it was just read; its version is or was in force
     * @returns undefined if another request changed the workflow meanwhile; read again
     */
    async update(tenantId: string, seen: Workflow, write: WorkflowWrite, at: string): Promise<Workflow | undefined> {
      await versions.noteInForce(tenantId, seen);
      let version = seen.version + 1;
      // The number was taken by a request that died, or by one that is about to win the write below. Version numbers
      // may have gaps.
      while (!(await versions.put(tenantId, seen.id, version, write.recipe, at))) version += 1;
      const changes = { ...attributesOf(version, write, at), edit_mark: randomUUID() };
      const update = setting(changes);
      // Also refused if the workflow was activated or deactivated meanwhile, because this write would undo that.
      const still = unedited(seen);
      const moved = await whenConditionHolds(() =>
        db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...workflowKey(tenantId, seen.id) },
            UpdateExpression: update.UpdateExpression,
            ConditionExpression: still.expression,
            ExpressionAttributeNames: { ...update.ExpressionAttributeNames, ...still.names },
            ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ...still.values },
          }),
        ),
      );
      return moved || (await wasInForce(tenantId, seen.id, version)) ? { ...seen, ...changes } : undefined;
    },

    /**
     * The workflow after the change; undefined if there is no such workflow. The write itself returns it: a read after the
     * write could fail, and the change would then have no audit row.
     *
     * @param seen the workflow as it was just read, if the change is refused once somebody edited it; undefined then too
     */
    async setMarks(
      tenantId: string,
      workflowId: number,
      marks: WorkflowMarks,
      at: string,
      seen?: Workflow,
    ): Promise<Workflow | undefined> {
      const update = setting({ ...marks, updated_at: at, edit_mark: randomUUID() });
      const still = seen && unedited(seen);
      try {
        const { Attributes } = await db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...workflowKey(tenantId, workflowId) },
            UpdateExpression: update.UpdateExpression,
            ConditionExpression: ['attribute_exists(pk)', ...(still ? [still.expression] : [])].join(' AND '),
            ExpressionAttributeNames: { ...update.ExpressionAttributeNames, ...still?.names },
            ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ...still?.values },
            ReturnValues: 'ALL_NEW',
          }),
        );
        return workflowSchema.parse(Attributes);
      } catch (error) {
        if (!isConditionFailed(error)) throw error;
        const now = seen && (await get(tenantId, workflowId));
        // If the SDK repeats the write, its own first success refuses it.
        return now?.edit_mark === update.ExpressionAttributeValues[':edit_mark'] ? now : undefined;
      }
    },

    /** Newest first; continues after the workflow with sort key `after`. */
    async list(
      tenantId: string,
      limit: number,
      after?: string,
    ): Promise<{ workflows: Workflow[]; next: string | undefined }> {
      const rows = { pk: tenantKey(tenantId).pk, from: workflowPrefix, to: `${workflowPrefix}~` };
      const readAfter = readerOf(db, rows, (row) => workflowSchema.parse(row));
      const { items, next } = await collectPage(readAfter, { limit, after });
      return { workflows: items, next };
    },

    /** Some workflows, in the order of their numbers given; undefined for one that does not exist. */
    async some(tenantId: string, workflowIds: readonly number[]): Promise<(Workflow | undefined)[]> {
      const rows = await getRows(
        db,
        workflowIds.map((id) => workflowKey(tenantId, id)),
      );
      return rows.map((row) => row && workflowSchema.parse(row));
    },

    /** All workflows of a tenant, newest first. */
    async all(tenantId: string): Promise<Workflow[]> {
      return (await rowsOf(tenantId)).map((row) => workflowSchema.parse(row));
    },

    /** The newest run of each workflow, in their order. */
    lastRuns: (tenantId: string, workflowIds: readonly number[]) => readLastRuns(db, tenantId, workflowIds),
  };
}

/** The condition that nobody edited the workflow since it was read. */
function unedited(seen: Workflow) {
  return unchanged(seen, revisedBy);
}

/**
 * The attributes of a workflow that a new version changes. They are named, so that a new attribute of a workflow does not
 * compile in `create` before it has a value there, and is not reset by each new version.
 */
type OfVersion =
  'name' | 'description' | 'active' | 'version' | 'steps_total' | 'total_delay_seconds' | 'inputs' | 'updated_at';

function attributesOf(version: number, write: WorkflowWrite, at: string): Pick<Workflow, OfVersion> & WorkflowMarks {
  const summary = summariseRecipe(write.recipe);
  return {
    name: write.name,
    description: write.description,
    active: write.active,
    version,
    steps_total: summary.stepsTotal,
    total_delay_seconds: summary.totalDelaySeconds,
    inputs: inputsText(write.recipe),
    updated_at: at,
    ...(write.tool_name !== undefined && { tool_name: write.tool_name }),
  };
}
