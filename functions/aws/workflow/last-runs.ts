import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod/mini';
import { tableShape } from '../../contract/table';
import { lastRunSchema } from '../../domain/workflow/workflow';
import { getRows, projectionOf, type Database } from '../database';
import { runsParent, type Key } from '../keys';

type LastRun = z.infer<typeof lastRunSchema> | null;

/** Workflows whose last runs are read at once. A list of hundred would otherwise occupy all 50 sockets of the client. */
const workflowsAtOnce = 20;

/**
 * The newest run of each workflow, in their order; null if it never ran. One query of the index for each, then a read of
 * its row, both eventually consistent, at half a read unit each.
 */
export async function readLastRuns(db: Database, tenantId: string, workflowIds: readonly number[]): Promise<LastRun[]> {
  const lastRuns: LastRun[] = [];
  for (let from = 0; from < workflowIds.length; from += workflowsAtOnce)
    lastRuns.push(...(await readSome(db, tenantId, workflowIds.slice(from, from + workflowsAtOnce))));
  return lastRuns;
}

async function readSome(db: Database, tenantId: string, workflowIds: readonly number[]): Promise<LastRun[]> {
  const keys = await Promise.all(workflowIds.map((workflowId) => newestRunKey(db, tenantId, workflowId)));
  const present = keys.filter((key) => key !== undefined);
  const shown = projectionOf(Object.keys(lastRunSchema.shape));
  const read = await getRows(db, present, { ...shown, ConsistentRead: false });
  // The index may know a run that this read did not find yet.
  const missing = present.filter((_key, index) => read[index] === undefined);
  const rows = new Map([...read, ...(await getRows(db, missing, shown))].map((row) => [String(row?.['sk']), row]));
  return keys.map((key) => {
    const row = key && rows.get(key.sk);
    return row === undefined ? null : lastRunSchema.parse(row);
  });
}

async function newestRunKey(db: Database, tenantId: string, workflowId: number): Promise<Key | undefined> {
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
}
