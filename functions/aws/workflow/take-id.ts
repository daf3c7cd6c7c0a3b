import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { addSeconds } from '../../domain/day';
import { notFound } from '../../domain/errors';
import { limitOf, limitReached } from '../../domain/tenant/limits';
import { getRow, isConditionFailed, whenConditionHolds, type Database, type Row } from '../database';
import { tenantKey, workflowPrefix } from '../keys';
import { readTenant } from '../tenant/tenants';

/**
 * Workflows are never deleted, so a tenant has as many as ids were taken, less the ids whose request died before it
 * stored its workflow.
 */
const idsSchema = z.object({
  last_workflow_id: z.int(),
  lost_workflow_ids: z._default(z.int(), 0),
  /** When the last id was taken. Absent if a release without this limit took it. */
  workflow_id_taken_at: z.optional(z.string()),
});

/** After this time, a request that took an id has ended, because no function that creates workflows runs for longer. */
const graceSeconds = 60;

/**
 * Takes the next workflow id of a tenant, in one conditional write, so that the limit is exact at any concurrency.
 *
 * @throws ProductError `limit_reached`, `not_found` if there is no such tenant
 */
export async function takeWorkflowId(db: Database, tenantId: string, at: string): Promise<number> {
  const id =
    (await tryTake(db, tenantId, at)) ??
    ((await countLost(db, tenantId, at)) ? await tryTake(db, tenantId, at) : undefined);
  if (id !== undefined) return id;
  const tenant = readTenant(await getRow(db, tenantKey(tenantId)));
  if (tenant === undefined) throw notFound('tenant');
  throw limitReached(tenant, 'workflows', 'Write a new version of one that is no longer needed.');
}

async function tryTake(db: Database, tenantId: string, at: string): Promise<number | undefined> {
  const row = await getRow(db, tenantKey(tenantId));
  const tenant = readTenant(row);
  if (tenant === undefined) throw notFound('tenant');
  const { lost_workflow_ids: lost } = idsSchema.parse(row);
  const Attributes = await whenBelow(() =>
    db.client.send(
      new UpdateCommand({
        TableName: db.tableName,
        Key: { ...tenantKey(tenantId) },
        UpdateExpression: 'SET last_workflow_id = last_workflow_id + :one, workflow_id_taken_at = :at',
        // The number of lost ids never falls, so a value that was read earlier refuses too much at worst.
        ConditionExpression: 'attribute_exists(pk) AND last_workflow_id < :end',
        ExpressionAttributeValues: { ':one': 1, ':at': at, ':end': limitOf(tenant, 'workflows') + lost },
        ReturnValues: 'UPDATED_NEW',
      }),
    ),
  );
  return Attributes && z.int().parse(Attributes['last_workflow_id']);
}

/**
 * Counts the workflows at the limit, at most once a minute, because it reads all their rows. While a request that took an
 * id may still store its workflow, nothing is counted.
 *
 * @returns true if ids were lost that were not known to be
 */
async function countLost(db: Database, tenantId: string, at: string): Promise<boolean> {
  const before = addSeconds(new Date(at), -graceSeconds).toISOString();
  const update = (set: Row, condition: string, values: Row) =>
    whenConditionHolds(() =>
      db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...tenantKey(tenantId) },
          UpdateExpression: `SET ${Object.keys(set)
            .map((name) => `${name} = :${name}`)
            .join(', ')}`,
          ConditionExpression: condition,
          ExpressionAttributeValues: {
            ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
            ...values,
          },
        }),
      ),
    );
  const isDue =
    '(attribute_not_exists(workflows_counted_at) OR workflows_counted_at <= :before) AND ' +
    '(attribute_not_exists(workflow_id_taken_at) OR workflow_id_taken_at <= :before)';
  if (!(await update({ workflows_counted_at: at }, isDue, { ':before': before }))) return false;
  const seen = idsSchema.parse(await getRow(db, tenantKey(tenantId)));
  const lost = seen.last_workflow_id - (await countWorkflows(db, tenantId));
  if (lost <= seen.lost_workflow_ids) return false;
  return update({ lost_workflow_ids: lost }, 'last_workflow_id = :seen', { ':seen': seen.last_workflow_id });
}

async function countWorkflows(db: Database, tenantId: string): Promise<number> {
  let count = 0;
  let start: Row | undefined;
  do {
    const page = await db.client.send(
      new QueryCommand({
        TableName: db.tableName,
        ConsistentRead: true,
        Select: 'COUNT',
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': tenantKey(tenantId).pk, ':prefix': workflowPrefix },
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    count += page.Count ?? 0;
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return count;
}

async function whenBelow(write: () => Promise<{ Attributes?: Row | undefined }>): Promise<Row | undefined> {
  try {
    return (await write()).Attributes;
  } catch (error) {
    if (isConditionFailed(error)) return undefined;
    throw error;
  }
}
