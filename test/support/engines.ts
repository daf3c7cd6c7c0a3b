import '../../local/without-sdk-notice';
import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DeleteTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Database } from '../../functions/aws/database';
import { tableShape } from '../../functions/contract/table';
import type { EngineName } from '../engines/engine/engine';
import { startEngine } from '../engines/engine/start-engine';
import { withoutMiddleware } from '../engines/in-process/without-middleware';
import { addKinds, recordKinds } from '../engines/kinds/record-kinds';
import { requireKnownKinds } from '../engines/kinds/known-kinds';

/** The product's table on an engine with real conditional writes: dynalite in memory, unless the environment says otherwise. */
export interface Table extends Database {
  readonly engine: EngineName;
  readonly endpoint: string;
  /** The kinds of all requests so far. */
  readonly kinds: ReadonlySet<string>;
  readonly stop: () => Promise<void>;
}

/** Creates the table. It fails at its end if it was asked for what the conformance suite does not prove. */
export async function startTable(): Promise<Table> {
  const table = await openTable();
  return {
    ...table,
    stop: async () => {
      await table.stop();
      requireKnownKinds(table.kinds);
    },
  };
}

/**
 * The same for the conformance suite itself, which may ask for anything.
 * @param overNetwork whether to reach dynalite through sockets like any other engine, which costs more
 */
export async function openTable({ overNetwork = false } = {}): Promise<Table> {
  const engine = await startEngine();
  const { endpoint } = engine;
  const tableName = engine.name === 'dynalite' ? 'workflows' : `workflows-${randomUUID()}`;
  const kinds = new Set<string>();
  const transport = overNetwork ? undefined : engine.transport;
  const connect = (maxAttempts: number) => {
    const client = new DynamoDBClient({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      // These tests send hundreds of requests at once on purpose; this silences the SDK's warning.
      requestHandler: { socketAcquisitionWarningTimeout: 60_000 },
      ...transport?.config,
      maxAttempts,
    });
    recordKinds(client, kinds);
    return client;
  };
  const clients = [connect(3), connect(1)];
  const [client, oneAttempt] = clients.map((plain) => {
    const documents = DynamoDBDocumentClient.from(plain, { marshallOptions: { removeUndefinedValues: true } });
    if (transport === undefined) return documents;
    return withoutMiddleware(documents, transport.ask, ({ constructor, input }) =>
      addKinds(kinds, constructor.name, input),
    );
  });
  await makeTable(client!, tableName);
  return {
    client: client!,
    once: oneAttempt!,
    tableName,
    engine: engine.name,
    endpoint,
    kinds,
    stop: async () => {
      if (engine.name !== 'dynalite') await client!.send(new DeleteTableCommand({ TableName: tableName }));
      await engine.stop();
      for (const plain of clients) plain.destroy();
    },
  };
}

/** Creates a table of the product's shape and waits until it can be used, which is later than the engine's answer. */
export async function makeTable(client: DynamoDBDocumentClient, TableName: string): Promise<void> {
  await client.send(createTable(TableName));
  while ((await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus !== 'ACTIVE');
}

/** The command that creates it. */
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
