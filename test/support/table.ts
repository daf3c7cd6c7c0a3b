import { BatchWriteCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Database, Row } from '../../functions/aws/database';
import { usedAttribute } from '../../functions/aws/day-attributes';
import { runPartition, tenantKey, type Key, runKey, runsParent } from '../../functions/aws/keys';
import { tenantStore } from '../../functions/aws/tenant/tenants';
import { workflowStore } from '../../functions/aws/workflow/workflows';
import type { Tenant } from '../../functions/domain/tenant/tenant';
import { aRecipe, aTenant, noon, aRun, longBefore } from './builders';

/** Reads an item as it is stored. */
export async function rowAt({ client, tableName }: Database, key: Key): Promise<Row | undefined> {
  return (await client.send(new GetCommand({ TableName: tableName, Key: { ...key }, ConsistentRead: true }))).Item;
}

export async function tenantRow(database: Database, tenantId: string): Promise<Row> {
  return (await rowAt(database, tenantKey(tenantId))) ?? {};
}

/** Rows of all run numbers of a tenant, runs and void rows, in order. */
export async function numberRows(database: Database, tenantId: string): Promise<Row[]> {
  const rows: Row[] = [];
  let start: Row | undefined;
  do {
    const page = await database.client.send(
      new QueryCommand({
        TableName: database.tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': runPartition(tenantId) },
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    rows.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return rows;
}

export async function runRows(database: Database, tenantId: string): Promise<Row[]> {
  return (await numberRows(database, tenantId)).filter((row) => row['void'] !== true);
}

/** Sets attributes of a row directly, past all rules of the product. */
export async function overwrite({ client, tableName }: Database, key: Key, attributes: Row): Promise<void> {
  const set = Object.entries(attributes);
  await client.send(
    new UpdateCommand({
      TableName: tableName,
      Key: { ...key },
      UpdateExpression: `SET ${set.map((_, n) => `#n${n} = :v${n}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(set.map(([name], n) => [`#n${n}`, name])),
      ExpressionAttributeValues: Object.fromEntries(set.map(([, value], n) => [`:v${n}`, value])),
    }),
  );
}

export async function putRow({ client, tableName }: Database, row: Row): Promise<void> {
  await client.send(new PutCommand({ TableName: tableName, Item: row }));
}

/** Puts rows in batches of 25. */
export async function putRows({ client, tableName }: Database, rows: readonly Row[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 25) {
    const batch = rows.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: batch } }));
  }
}

/** Puts rows of runs 1 to `count`, created a second apart from noon on, for tests of lists. */
export async function putRuns(
  database: Database,
  tenantId: string,
  count: number,
  each: (id: number) => object = () => ({}),
): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => {
    const id = index + 1;
    const created_at = new Date(noon.getTime() + index * 1000).toISOString();
    const run = { ...aRun({ id, created_at, uid: `run_${String(id).padStart(26, '0')}` }), ...each(id) };
    return { ...runKey(tenantId, id), parent: runsParent(tenantId, run.workflow_id), ...run, trail: [], input: '{}' };
  });
  await putRows(database, rows);
}

let tenants = 0;

/** Creates a tenant with one workflow, number 1, on a shared table. @returns the tenant's id */
export async function tenantWithWorkflow(
  database: Database,
  { recipe = aRecipe(), active = true, ...overrides }: Partial<Tenant> & { recipe?: unknown; active?: boolean } = {},
): Promise<string> {
  const tenant = aTenant({ id: `tenant-${(tenants += 1)}`, ...overrides });
  await tenantStore(database).create(tenant);
  for (const [day, used] of Object.entries(tenant.used_by_day)) {
    await overwrite(database, tenantKey(tenant.id), { [usedAttribute(day)]: used });
  }
  const write = { name: 'Spring Promo', description: null, active, recipe };
  await workflowStore(database).create(tenant.id, write, longBefore.toISOString());
  return tenant.id;
}
