import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Row } from '../../../functions/aws/database';
import type { Key } from '../../../functions/aws/keys';
import type { Table } from '../../support/engines';
import { differences, type Difference } from '../differences';

/** The table of the suite, once it is open. */
export type Open = () => Table;

/** A key that no other test uses. */
export const newKey = (sk = 'ROW'): Key => ({ pk: `T#${randomUUID()}`, sk });

export async function put({ client, tableName }: Table, row: Row): Promise<void> {
  await client.send(new PutCommand({ TableName: tableName, Item: row }));
}

/** The attributes of a row without its key; undefined if there is no row. */
export async function attributesAt({ client, tableName }: Table, key: Key): Promise<Row | undefined> {
  const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: { ...key }, ConsistentRead: true }));
  if (Item === undefined) return undefined;
  const { pk: _pk, sk: _sk, ...attributes } = Item;
  return attributes;
}

interface Change {
  readonly expression?: string;
  readonly condition?: string;
  readonly names?: Record<string, string> | undefined;
  readonly values?: Row | undefined;
  readonly returns?: 'ALL_NEW' | 'ALL_OLD' | 'UPDATED_NEW';
}

/** Sends an update. @returns what it answers */
export async function update({ client, tableName }: Table, key: Key, change: Change): Promise<Row | undefined> {
  const { Attributes } = await client.send(
    new UpdateCommand({
      TableName: tableName,
      Key: { ...key },
      UpdateExpression: change.expression ?? 'SET touched = :touched',
      ConditionExpression: change.condition,
      ExpressionAttributeNames: change.names,
      ExpressionAttributeValues:
        change.expression === undefined ? { ...change.values, ':touched': 'yes' } : change.values,
      ReturnValues: change.returns,
    }),
  );
  return Attributes;
}

/** `accepted`, or the name of the error. */
export async function outcomeOf(request: Promise<unknown>): Promise<string> {
  try {
    await request;
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

/** What the engine does instead of what is documented, as far as it is known to differ. */
export function expectedOn({ engine }: Table, difference: Difference): string {
  const { documented, instead } = differences[difference];
  return instead[engine] ?? documented;
}
