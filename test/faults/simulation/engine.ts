import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { BatchWriteCommand, ScanCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Database, Row } from '../../../functions/aws/database';
import { startInProcess, type InProcess } from '../../engines/in-process/dynalite';
import { recordedSend } from './recorder';

/** The SDK clients that all functions of all simulations share. The recorder knows which invocation makes a call. */
export interface Engine {
  readonly client: DynamoDBDocumentClient;
  readonly once: DynamoDBDocumentClient;
  readonly sfn: SFNClient;
  readonly sqs: SQSClient;
  /** Creates a table with these rows. Each simulation has its own. */
  readonly newTable: (rows: readonly Row[]) => Promise<Database>;
}

/**
 * Starts dynalite in this process. The recorder replaces the SDK at `send`: it repeats attempts as the SDK would and
 * passes on the request that the SDK would have sent. With real sockets, signatures and schemas, a thousand replays
 * took minutes.
 *
 * @param inProcess what stands in for DynamoDB, if it is not dynalite alone
 */
export function startEngine(inProcess: InProcess = startInProcess()): Engine {
  const { send: table, createTable } = inProcess;
  const client = { send: recordedSend(3, table) } as unknown as DynamoDBDocumentClient;
  const once = { send: recordedSend(1, table) } as unknown as DynamoDBDocumentClient;
  let tables = 0;
  return {
    client,
    once,
    sfn: {
      send: recordedSend(2, (command, simulation) => simulation!.stepFunctions.handle(command)),
    } as unknown as SFNClient,
    sqs: { send: recordedSend(3, (command, simulation) => simulation!.queue.handle(command)) } as unknown as SQSClient,
    newTable: async (rows) => {
      const tableName = `simulation-${(tables += 1)}`;
      await createTable(tableName);
      for (let from = 0; from < rows.length; from += 25) {
        const puts = rows.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }));
        await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: puts } }));
      }
      return { client, once, tableName };
    },
  };
}

/** All rows of a simulation's table. They fit in one page. */
export async function allRows({ client, tableName }: Database): Promise<Row[]> {
  const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand({ TableName: tableName }));
  if (LastEvaluatedKey !== undefined) throw new Error('The table of a simulation has more than one page');
  return Items;
}
