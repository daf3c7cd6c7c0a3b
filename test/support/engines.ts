import '../../local/without-sdk-notice';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import type { Database } from '../../functions/aws/database';
import { tableShape } from '../../functions/contract/table';
import { closeServer, listenOnLoopback, loopback } from '../../local/listen';

/** The product's table on dynalite, an in-memory engine with real conditional writes. */
export interface Table extends Database {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

const tableName = 'workflows';

export async function startTable(): Promise<Table> {
  const server = dynalite({ createTableMs: 0 });
  const open = new Set<ServerResponse>();
  server.on('request', (_request, response: ServerResponse) => {
    open.add(response);
    response.once('close', () => open.delete(response));
  });
  const endpoint = `http://${loopback}:${await listenOnLoopback(server, 0)}`;
  const connect = (maxAttempts: number) =>
    new DynamoDBClient({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      // These tests send hundreds of requests at once on purpose; this silences the SDK's warning.
      requestHandler: { socketAcquisitionWarningTimeout: 60_000 },
      maxAttempts,
    });
  const clients = [connect(3), connect(1)];
  const [client, oneAttempt] = clients.map((plain) =>
    DynamoDBDocumentClient.from(plain, { marshallOptions: { removeUndefinedValues: true } }),
  );
  await client!.send(createTable(tableName));
  return {
    client: client!,
    once: oneAttempt!,
    tableName,
    endpoint,
    stop: async () => {
      // A write that the test did not wait for would end the process if it found the database closed.
      while (open.size > 0) await Promise.all([...open].map((response) => once(response, 'close')));
      for (const plain of clients) plain.destroy();
      await closeServer(server);
    },
  };
}

/** Creates a table of the product's shape. */
export function createTable(name: string): CreateTableCommand {
  const { partitionKey, sortKey, openIndex, parentIndex } = tableShape;
  const names = [
    partitionKey,
    sortKey,
    ...[openIndex, parentIndex].flatMap((index) => [index.partitionKey, index.sortKey]),
  ];
  return new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...new Set(names)].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keysOf({ partitionKey, sortKey }),
    GlobalSecondaryIndexes: [openIndex, parentIndex].map((index) => ({
      IndexName: index.name,
      KeySchema: keysOf(index),
      Projection: { ProjectionType: 'KEYS_ONLY' },
    })),
  });
}

function keysOf({ partitionKey, sortKey }: { readonly partitionKey: string; readonly sortKey: string }) {
  return [
    { AttributeName: partitionKey, KeyType: 'HASH' as const },
    { AttributeName: sortKey, KeyType: 'RANGE' as const },
  ];
}
