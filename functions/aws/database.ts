import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Key } from './keys';
import { storedBytes } from './stored-bytes';

/** The table and how to reach it. */
export interface Database {
  readonly client: DynamoDBDocumentClient;
  /** Sends each request once: for writes whose repetition would count twice. */
  readonly once: DynamoDBDocumentClient;
  readonly tableName: string;
}

export type Row = Record<string, unknown>;

// Without these a lost connection would hang until the function's own timeout.
const requestHandler = { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** @param reach where the table is, unless the environment says so */
export function openDatabase(tableName: string, reach: DynamoDBClientConfig = {}): Database {
  const client = new DynamoDBClient({ requestHandler, ...reach });
  // Over the same connections: a second set would begin each cold start with one more TLS handshake.
  const once = new DynamoDBClient({ ...reach, requestHandler: client.config.requestHandler, maxAttempts: 1 });
  return { client: documents(client), once: documents(once), tableName };
}

function documents(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/** Consistent read of one item. */
export async function getRow(db: Database, key: Key): Promise<Row | undefined> {
  const { Item } = await db.client.send(
    new GetCommand({ TableName: db.tableName, Key: { ...key }, ConsistentRead: true }),
  );
  return Item;
}

/** Limits a read to some attributes; `pk` and `sk` must be among them. */
export interface Projection {
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
}

/** Consistent read of up to 100 items in one request (repeated only for what DynamoDB leaves unprocessed), in the order of `keys`. */
export async function getRows(
  db: Database,
  keys: readonly Key[],
  projection: Projection = {},
): Promise<(Row | undefined)[]> {
  const found = new Map<string, Row>();
  let pending: Record<string, unknown>[] = keys.map((key) => ({ ...key }));
  for (let attempt = 0; pending.length > 0; attempt += 1) {
    if (attempt > 5) throw new Error('BatchGetItem left keys unprocessed after 6 attempts');
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, 25 * 2 ** attempt));
    const { Responses, UnprocessedKeys } = await db.client.send(
      new BatchGetCommand({ RequestItems: { [db.tableName]: { Keys: pending, ConsistentRead: true, ...projection } } }),
    );
    for (const row of Responses?.[db.tableName] ?? []) found.set(`${String(row['pk'])}\n${String(row['sk'])}`, row);
    pending = UnprocessedKeys?.[db.tableName]?.Keys ?? [];
  }
  return keys.map((key) => found.get(`${key.pk}\n${key.sk}`));
}

type Query = Omit<QueryCommandInput, 'TableName'>;

/** All rows of a query, page by page. For partitions that are small by rule. */
export async function queryAll(db: Database, query: Query): Promise<Row[]> {
  const rows: Row[] = [];
  let start: Row | undefined;
  do {
    const page = await db.client.send(
      new QueryCommand({ ...query, TableName: db.tableName, ...(start && { ExclusiveStartKey: start }) }),
    );
    rows.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return rows;
}

export function isConditionFailed(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}

/** Runs a conditional write; false when its condition did not hold. */
export async function whenConditionHolds(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}

const maxItemBytes = 300 * 1024;

/**
 * Refuses an item that could grow past DynamoDB's 400 KB, before it is sent. Sizes are bounded by the limits of
 * recipes, inputs and trails, so this only fails when one of them is wrong; the embedded engine would accept it.
 */
export function checkItemSize(item: Row): Row {
  const bytes = storedBytes(item);
  if (bytes > maxItemBytes)
    throw new Error(
      `Item ${String(item['pk'])} ${String(item['sk'])} has ${bytes} bytes; at most ${maxItemBytes} are stored`,
    );
  return item;
}
