import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { tableShape } from '../../contract/table';
import { summariseRecipe } from '../../domain/workflow/recipe-summary';
import { lastRunSchema, workflowSchema, type Workflow } from '../../domain/workflow/workflow';
import { getRow, getRows, whenConditionHolds, type Database } from '../database';
import { runsParent, tenantKey, versionKey, workflowKey, workflowPrefix } from '../keys';
import { workflowVersionStore, recipeIn } from './versions';

/** What an author writes. The recipe is stored as JSON text, whatever it is: check it first. */
export interface WorkflowWrite {
  readonly name: string;
  readonly description: string | null;
  readonly active: boolean;
  readonly recipe: unknown;
}

/** Workflows and their immutable recipe versions. Checks nothing: parse the recipe first. */
export function workflowStore(db: Database) {
  const versions = workflowVersionStore(db);

  return {
    async get(tenantId: string, workflowId: number): Promise<Workflow | undefined> {
      const row = await getRow(db, workflowKey(tenantId, workflowId));
      return row && workflowSchema.parse(row);
    },

    /** The recipe as stored, parsed from JSON but not checked. */
    async recipe(tenantId: string, workflowId: number, version: number): Promise<unknown> {
      return recipeIn(await getRow(db, versionKey(tenantId, workflowId, version)));
    },

    async create(tenantId: string, write: WorkflowWrite, at: string): Promise<Workflow> {
      const { Attributes } = await db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...tenantKey(tenantId) },
          UpdateExpression: 'SET last_workflow_id = last_workflow_id + :one',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':one': 1 },
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      const id = z.int().parse(Attributes?.['last_workflow_id']);
      // The version first: a workflow whose recipe is missing must never be seen.
      await versions.put(tenantId, id, 1, write.recipe, at);
      const workflow = workflowOf(id, 1, write, { created: at, updated: at });
      await db.client.send(
        new PutCommand({ TableName: db.tableName, Item: { ...workflowKey(tenantId, id), ...workflow } }),
      );
      return workflow;
    },

    /** Writes the next version. Undefined when another changed the workflow meanwhile: read again. */
    async update(tenantId: string, seen: Workflow, write: WorkflowWrite, at: string): Promise<Workflow | undefined> {
      let version = seen.version + 1;
      // Taken by a writer that died, or by one about to win below: versions may have gaps.
      while (!(await whenConditionHolds(() => versions.put(tenantId, seen.id, version, write.recipe, at))))
        version += 1;
      const workflow = workflowOf(seen.id, version, write, { created: seen.created_at, updated: at });
      const moved = await whenConditionHolds(() =>
        db.client.send(
          new PutCommand({
            TableName: db.tableName,
            Item: { ...workflowKey(tenantId, seen.id), ...workflow },
            // Also when it was switched on or off meanwhile: this write would undo that.
            ConditionExpression: 'version = :seen AND active = :active',
            ExpressionAttributeValues: { ':seen': seen.version, ':active': seen.active },
          }),
        ),
      );
      return moved ? workflow : undefined;
    },

    /** Undefined when there is no such workflow. */
    async setActive(tenantId: string, workflowId: number, active: boolean, at: string): Promise<Workflow | undefined> {
      const done = await whenConditionHolds(() =>
        db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...workflowKey(tenantId, workflowId) },
            UpdateExpression: 'SET active = :active, updated_at = :at',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':active': active, ':at': at },
          }),
        ),
      );
      return done ? this.get(tenantId, workflowId) : undefined;
    },

    /** Newest first; continues after the workflow with sort key `after`. */
    async list(
      tenantId: string,
      limit: number,
      after?: string,
    ): Promise<{ workflows: Workflow[]; next: string | undefined }> {
      const { Items = [], LastEvaluatedKey } = await db.client.send(
        new QueryCommand({
          TableName: db.tableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': tenantKey(tenantId).pk, ':prefix': workflowPrefix },
          ScanIndexForward: false,
          Limit: limit + 1,
          ...(after !== undefined && { ExclusiveStartKey: { pk: tenantKey(tenantId).pk, sk: after } }),
        }),
      );
      const page = Items.slice(0, limit);
      const more = Items.length > limit || LastEvaluatedKey !== undefined;
      return {
        workflows: page.map((row) => workflowSchema.parse(row)),
        next: more ? String(page.at(-1)?.['sk']) : undefined,
      };
    },

    /** The newest run of each workflow, in their order. One small index query each, then one read of the rows. */
    async lastRuns(
      tenantId: string,
      workflowIds: readonly number[],
    ): Promise<(z.infer<typeof lastRunSchema> | null)[]> {
      const keys = await Promise.all(
        workflowIds.map(async (workflowId) => {
          const { Items = [] } = await db.client.send(
            new QueryCommand({
              TableName: db.tableName,
              IndexName: tableShape.parentIndex.name,
              KeyConditionExpression: 'parent = :parent',
              ExpressionAttributeValues: { ':parent': runsParent(tenantId, workflowId) },
              ScanIndexForward: false,
              Limit: 1,
            }),
          );
          return Items[0] && { pk: String(Items[0]['pk']), sk: String(Items[0]['sk']) };
        }),
      );
      const present = keys.filter((key) => key !== undefined);
      const rows = new Map((await getRows(db, present)).map((row) => [String(row?.['sk']), row]));
      return keys.map((key) => {
        const row = key && rows.get(key.sk);
        return row === undefined ? null : lastRunSchema.parse(row);
      });
    },
  };
}

function workflowOf(
  id: number,
  version: number,
  write: WorkflowWrite,
  at: { created: string; updated: string },
): Workflow {
  const summary = summariseRecipe(write.recipe);
  return {
    id,
    name: write.name,
    description: write.description,
    active: write.active,
    version,
    steps_total: summary.stepsTotal,
    total_delay_seconds: summary.totalDelaySeconds,
    created_at: at.created,
    updated_at: at.updated,
  };
}
