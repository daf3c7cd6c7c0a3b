import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { BatchWriteCommand, ScanCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { EventEmitter } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { Database, Row } from '../../../functions/aws/database';
import { createTable } from '../../support/engines';
import { fromWire, toWire } from './dynamodb-wire';
import { recordedSend } from './recorder';
import type { Command } from './sdk-command';

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
 */
export function startEngine(): Engine {
  const request = inProcess(dynalite({ createTableMs: 0 }).listeners('request')[0] as RequestListener);
  const table = async (command: Command) => {
    const [operation, body] = toWire(command);
    return fromWire(await request(operation, body));
  };
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
      await request('CreateTable', createTable(tableName).input);
      // dynalite activates a new table after a timer of 0 ms.
      await setTimeout(1);
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

type RequestListener = (request: unknown, response: unknown) => void;

const headers = {
  'content-type': 'application/x-amz-json-1.0',
  authorization: 'AWS4-HMAC-SHA256 Credential=test, SignedHeaders=host, Signature=none',
  'x-amz-date': '20261122T120000Z',
};

/** Replaces the network between a client and dynalite's request listener. */
function inProcess(listen: RequestListener) {
  return (operation: string, body: unknown): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      const request = Object.assign(new EventEmitter(), {
        method: 'POST',
        url: '/',
        headers: { ...headers, 'x-amz-target': `DynamoDB_20120810.${operation}` },
      });
      const response = {
        statusCode: 200,
        setHeader: () => undefined,
        end: (text: string) => {
          const answer = JSON.parse(text);
          if (response.statusCode === 200) resolve(answer);
          else reject(asSdkError(answer));
        },
      };
      listen(request, response);
      request.emit('data', Buffer.from(JSON.stringify(body)));
      request.emit('end');
    });
}

function asSdkError({ __type = '', message, Message }: Record<string, string>): Error {
  const name = __type.split('#')[1] ?? __type;
  return Object.assign(new Error(message ?? Message ?? name), { name, $metadata: {} });
}
