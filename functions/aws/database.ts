import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { Throttled } from '../contract/throttling';
import type { Key } from './keys';
import { storedBytes } from './stored-bytes';

/** The table and how to reach it. */
export interface Database {
  readonly client: DynamoDBDocumentClient;
  /** Sends each request once, for writes whose repetition would count twice. */
  readonly once: DynamoDBDocumentClient;
  readonly tableName: string;
}

export type Row = Record<string, unknown>;

// Without these limits a lost connection would hang until the function times out.
const requestHandler = { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** @param reach where the table is; by default the environment says so */
export function openDatabase(tableName: string, reach: DynamoDBClientConfig = {}): Database {
  const client = new DynamoDBClient({ requestHandler, ...reach });
  // Both clients share their connections; a second set would cost each cold start another TLS handshake.
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

/** Limits a read to some attributes, which must include `pk` and `sk`. */
export interface Projection {
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
}

/** Reads are consistent unless this says `false`, which halves what they cost. */
interface Consistency {
  readonly ConsistentRead?: boolean;
}

/** A projection on the key and these attributes. Names are replaced, so reserved words of DynamoDB are allowed. */
export function projectionOf(attributes: readonly string[]): Projection {
  const names = ['pk', 'sk', ...attributes];
  return {
    ProjectionExpression: names.map((_name, index) => `#p${index}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#p${index}`, name])),
  };
}

/** BatchGetItem takes at most 100 keys: docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const keysPerRequest = 100;
/** Requests in a row that read nothing, after which a read fails: with their waits, after 1.6 s. */
const maxFruitless = 6;

/**
 * Reads any number of items, consistently unless `how` says otherwise, in the order of `keys`; a key that occurs twice is read once. It takes one
 * request for each 100 keys, one after the other: nearly every read is a single request, and a table that leaves keys
 * unprocessed because it is throttled must not get parallel requests.
 */
export async function getRows(
  db: Database,
  keys: readonly Key[],
  how: Projection & Consistency = {},
): Promise<(Row | undefined)[]> {
  const asked = [...new Map(keys.map((key) => [nameOf(key), { pk: key.pk, sk: key.sk }])).values()];
  const found = new Map<string, Row>();
  for (let from = 0; from < asked.length; from += keysPerRequest) {
    for (const row of await readUpTo100(db, asked.slice(from, from + keysPerRequest), how)) {
      found.set(nameOf({ pk: String(row['pk']), sk: String(row['sk']) }), row);
    }
  }
  return keys.map((key) => found.get(nameOf(key)));
}

function nameOf({ pk, sk }: Key): string {
  return `${pk}\n${sk}`;
}

/**
 * Repeats the request for keys that DynamoDB leaves unprocessed. If the response exceeds 16 MB, each request reads some
 * keys, and the rest is requested at once: that ends after 100 requests at the latest, because each reads at least one. If
 * the table is throttled, a request may read none; then the waits grow, and the read fails if that does not help.
 */
async function readUpTo100(db: Database, keys: readonly Row[], how: Projection & Consistency): Promise<Row[]> {
  const rows: Row[] = [];
  let pending = [...keys];
  for (let fruitless = 0; pending.length > 0;) {
    if (fruitless === maxFruitless)
      throw new Throttled(
        `BatchGetItem read nothing in ${maxFruitless} requests in a row; ${pending.length} keys are left`,
      );
    if (fruitless > 0) await new Promise((resolve) => setTimeout(resolve, 25 * 2 ** fruitless));
    const { Responses, UnprocessedKeys } = await db.client.send(
      new BatchGetCommand({ RequestItems: { [db.tableName]: { Keys: pending, ConsistentRead: true, ...how } } }),
    );
    rows.push(...(Responses?.[db.tableName] ?? []));
    const left = UnprocessedKeys?.[db.tableName]?.Keys ?? [];
    fruitless = left.length < pending.length ? 0 : fruitless + 1;
    pending = left;
  }
  return rows;
}

type Query = Omit<QueryCommandInput, 'TableName'>;

/** Reads all rows of a query, page by page. Only for partitions whose size is bounded. */
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

/** Runs a conditional write; false if its condition did not hold. */
export async function whenConditionHolds(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}

/**
 * An update of only these attributes; all others stay. A row is never written whole, because that would delete
 * attributes that a newer release added.
 */
export function setting(attributes: Row) {
  const set = Object.entries(attributes);
  return {
    UpdateExpression: `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(set.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
  };
}

const maxItemBytes = 300 * 1024;

/**
 * Refuses an item that could exceed DynamoDB's 400 KB before it is sent. The limits of recipes, inputs and trails bound
 * all sizes, so this only fails if one of them is wrong.
 */
export function checkItemSize(item: Row): Row {
  const bytes = storedBytes(item);
  if (bytes > maxItemBytes)
    throw new Error(
      `Item ${String(item['pk'])} ${String(item['sk'])} has ${bytes} bytes; at most ${maxItemBytes} are stored`,
    );
  return item;
}
