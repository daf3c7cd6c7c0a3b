import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Database, Row } from '../../functions/aws/database';
import type { Command } from '../../test/faults/simulation/sdk-command';
import { itemBytes } from './count/item-size';
import { fieldsOf, type Fields } from './fields-of';
import { readUnits, refusedWriteUnits, writeUnits, type WriteUnits } from './units';

/** What a request to the table did and what it costs. */
export interface Charged {
  readonly outcome: PromiseSettledResult<unknown>;
  readonly reads: number;
  readonly writes: WriteUnits;
}

const nothing: WriteUnits = { table: 0, index: 0, open: 0 };

/**
 * Sends a command and says what DynamoDB would charge for it: by the items before and after, which are looked at through
 * `plain`, where nobody counts.
 *
 * @throws Error for a command that the product did not use when this was written
 */
export async function charge(plain: Database, command: Command, send: () => Promise<unknown>): Promise<Charged> {
  const { constructor } = command;
  const input: Fields = command.input;
  switch (constructor.name) {
    case 'GetCommand':
      return { outcome: await settled(send), reads: await readsOf(plain, [input['Key']], input), writes: nothing };
    case 'BatchGetCommand': {
      const asked = fieldsOf(fieldsOf(input['RequestItems'])[plain.tableName]);
      const keys = Array.isArray(asked['Keys']) ? asked['Keys'] : [];
      return { outcome: await settled(send), reads: await readsOf(plain, keys, asked), writes: nothing };
    }
    case 'QueryCommand':
      return { outcome: await settled(send), reads: await readsOfQuery(plain, input), writes: nothing };
    case 'PutCommand':
    case 'UpdateCommand':
    case 'DeleteCommand': {
      const key: unknown = input['Key'] ?? input['Item'];
      const before = await itemAt(plain, key);
      const outcome = await settled(send);
      if (outcome.status === 'rejected') return { outcome, reads: 0, writes: refusedWriteUnits(before) };
      return { outcome, reads: 0, writes: writeUnits(before, await itemAt(plain, key)) };
    }
    default:
      throw new Error(`Nobody knows what ${constructor.name} costs`);
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

async function readsOf(plain: Database, keys: readonly unknown[], asked: Fields): Promise<number> {
  const items = await Promise.all(keys.map((key) => itemAt(plain, key)));
  const bytes = items.map((item) => itemBytes(item ?? {}));
  return readUnits(bytes, { consistent: asked['ConsistentRead'] === true, summed: false });
}

/** A query is charged for what it looks at, before filter and projection. */
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
