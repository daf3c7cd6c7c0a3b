import {
  CreateTableCommand,
  DescribeTableCommand,
  ResourceNotFoundException,
  type DynamoDBClient,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { LocalProblem } from '../local-problem';
import type { Stack, StackResource } from '../template/stack';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const tablePropertiesSchema = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.optional(
    z.array(
      z.object({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.object({
          ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
          NonKeyAttributes: z.optional(z.array(z.string())),
        }),
      }),
    ),
  ),
});
type TableProperties = z.infer<typeof tablePropertiesSchema>;

/**
 * Creates those of the stack's tables that do not exist yet.
 *
 * @returns the names of all tables
 */
export async function createTables(stack: Stack, database: DynamoDBClient): Promise<string[]> {
  const tables = stack.resources('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable');
  for (const table of tables) await createTable(table, database);
  return tables.map(({ ref }) => ref);
}

async function createTable({ ref: tableName, read }: StackResource, database: DynamoDBClient): Promise<void> {
  const table = read(tablePropertiesSchema);
  const existing = await describeTable(tableName, database);
  if (!existing) {
    await database.send(new CreateTableCommand({ TableName: tableName, BillingMode: 'PAY_PER_REQUEST', ...table }));
    // The table becomes active a moment later.
    while ((await describeTable(tableName, database))?.TableStatus !== 'ACTIVE') await sleep(5);
    return;
  }
  if (shapeOf(existing) !== shapeOf(table)) {
    throw new LocalProblem(
      `The local data was written by a version with other keys or indexes in the table ${tableName}.\n` +
        'Delete the folder for local data (.local, or the one that LOCAL_DATA_DIR names) to start over.',
    );
  }
}

async function describeTable(tableName: string, database: DynamoDBClient): Promise<TableDescription | undefined> {
  try {
    return (await database.send(new DescribeTableCommand({ TableName: tableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function shapeOf(table: TableProperties | TableDescription): string {
  const indexes = (table.GlobalSecondaryIndexes ?? []).map(
    ({ IndexName, KeySchema, Projection }) => `${IndexName} ${keysOf(KeySchema)} ${Projection?.ProjectionType}`,
  );
  return JSON.stringify([keysOf(table.KeySchema), indexes.sort()]);
}

function keysOf(keys: TableDescription['KeySchema']): string {
  return (keys ?? []).map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`).join();
}
