import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Database, Row } from '../../functions/aws/database';
import type { Command } from '../../test/faults/simulation/sdk-command';
import { itemBytes } from './count/item-size';
import { fieldsOf, type Fields } from './fields-of';
import { readUnits, refusedWriteUnits, writeUnits, type WriteUnits } from './units';

/** The outcome of a request to the table, and the units that DynamoDB charges for it. */
export interface Charged {
  readonly outcome: PromiseSettledResult<unknown>;
  readonly reads: number;
  readonly writes: WriteUnits;
}

const nothing: WriteUnits = { table: 0, index: 0, open: 0 };

/**
 * Sends a command and computes what DynamoDB would charge for it from the items before and after. It reads these items
 * through `uncounted`, whose requests are not counted.
 *
 * @throws Error for a command that the product did not use when this was written
 */
export async function charge(uncounted: Database, command: Command, send: () => Promise<unknown>): Promise<Charged> {
  const { constructor } = command;
  const input: Fields = command.input;
  switch (constructor.name) {
    case 'GetCommand':
      return { outcome: await settled(send), reads: await readsOf(uncounted, [input['Key']], input), writes: nothing };
    case 'BatchGetCommand': {
      const request = fieldsOf(fieldsOf(input['RequestItems'])[uncounted.tableName]);
      const keys = Array.isArray(request['Keys']) ? request['Keys'] : [];
      return { outcome: await settled(send), reads: await readsOf(uncounted, keys, request), writes: nothing };
    }
    case 'QueryCommand':
      return { outcome: await settled(send), reads: await readsOfQuery(uncounted, input), writes: nothing };
    case 'PutCommand':
    case 'UpdateCommand':
    case 'DeleteCommand': {
      const key: unknown = input['Key'] ?? input['Item'];
      const before = await itemAt(uncounted, key);
      const outcome = await settled(send);
      if (outcome.status === 'rejected') return { outcome, reads: 0, writes: refusedWriteUnits(before) };
      return { outcome, reads: 0, writes: writeUnits(before, await itemAt(uncounted, key)) };
    }
    default:
      throw new Error(`The cost of ${constructor.name} is not implemented`);
  }
}

async function settled(send: () => Promise<unknown>): Promise<PromiseSettledResult<unknown>> {
  const [outcome] = await Promise.allSettled([send()]);
  return outcome;
}

async function itemAt({ client, tableName }: Database, key: unknown): Promise<Row | undefined> {
  const { pk, sk } = keyOf(key);
  return (await client.send(new GetCommand({ TableName: tableName, Key: { pk, sk }, ConsistentRead: true }))).Item;
}

function keyOf(key: unknown): { pk: unknown; sk: unknown } {
  const { pk, sk } = fieldsOf(key);
  return { pk, sk };
}

async function readsOf(uncounted: Database, keys: readonly unknown[], request: Fields): Promise<number> {
  const items = await Promise.all(keys.map((key) => itemAt(uncounted, key)));
  const bytes = items.map((item) => itemBytes(item ?? {}));
  return readUnits(bytes, { consistent: request['ConsistentRead'] === true, summed: false });
}

/** A query is charged for the items that it reads before filter and projection. */
async function readsOfQuery({ client, tableName }: Database, input: Fields): Promise<number> {
  const { ProjectionExpression: _projection, FilterExpression: _filter, ...query } = input;
  const mentioned = (all: unknown) =>
    Object.entries(fieldsOf(all)).filter(([name]) => String(input['KeyConditionExpression']).includes(name));
  const names = mentioned(input['ExpressionAttributeNames']).map(([name, attribute]): [string, string] => [
    name,
    String(attribute),
  ]);
  const { Items = [] } = await client.send(
    new QueryCommand({
      ...query,
      TableName: tableName,
      ExpressionAttributeNames: names.length === 0 ? undefined : Object.fromEntries(names),
      ExpressionAttributeValues: Object.fromEntries(mentioned(input['ExpressionAttributeValues'])),
    }),
  );
  const bytes = Items.map((item) => itemBytes(item));
  return readUnits(bytes, { consistent: input['ConsistentRead'] === true, summed: true });
}
