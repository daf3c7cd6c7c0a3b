import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { openDatabase, type Database } from '../functions/aws/database';
import { tableShape } from '../functions/contract';
import { closeServer, listenOnLoopback, loopback } from '../local/listen';

export interface TestTable {
  readonly database: Database;
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

const { partitionKey, sortKey, openIndex, parentIndex } = tableShape;

/** The product's table on a free loopback port, in memory: a real conditional-write engine of its own for each caller. */
export async function startTable(tableName = 'test-table'): Promise<TestTable> {
  const server = dynalite({ createTableMs: 0 });
  const endpoint = `http://${loopback}:${await listenOnLoopback(server, 0)}`;
  const reach = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  await createTable(tableName, new DynamoDBClient(reach));
  const database = openDatabase(tableName, reach);
  return {
    database,
    endpoint,
    stop: async () => {
      database.client.destroy();
      database.once.destroy();
      await closeServer(server);
    },
  };
}

async function createTable(tableName: string, client: DynamoDBClient): Promise<void> {
  const indexes = [openIndex, parentIndex];
  const attributes = new Set([
    partitionKey,
    sortKey,
    ...indexes.flatMap((index) => [index.partitionKey, index.sortKey]),
  ]);
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keysOf({ partitionKey, sortKey }),
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keysOf(index),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    }),
  );
  client.destroy();
}

function keysOf(keys: { readonly partitionKey: string; readonly sortKey: string }) {
  return [
    { AttributeName: keys.partitionKey, KeyType: 'HASH' as const },
    { AttributeName: keys.sortKey, KeyType: 'RANGE' as const },
  ];
}
