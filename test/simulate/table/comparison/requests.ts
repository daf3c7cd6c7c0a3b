import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Row } from '../../../../functions/aws/database';
import type { Command } from '../../../faults/simulation/sdk-command';
import { aKey, aRow } from './attributes';
import type { Chooser } from './chooser';
import { aCondition } from './conditions';
import { placeholders } from './placeholders';
import { aProjection, aQuery } from './queries';
import { anUpdate } from './updates';

/** A request of the kinds that the product sends, on few rows, so that conditions hold about as often as they fail. */
export function aRequest(choose: Chooser, TableName: string): Command {
  const make = choose.one(requests);
  return make(choose, TableName);
}

type Make = (choose: Chooser, TableName: string) => Command;

const get: Make = (choose, TableName) =>
  new GetCommand({ TableName, Key: someKey(choose), ...(choose.chance(0.8) && { ConsistentRead: true }) });

const batchGet: Make = (choose, TableName) => {
  const use = placeholders(choose);
  const keys = choose.list(1 + choose.below(6), () => someKey(choose));
  const distinct = [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
  const part = {
    Keys: choose.chance(0.95) ? distinct : keys,
    ...(choose.chance(0.8) && { ConsistentRead: choose.chance(0.7) }),
    ...(choose.chance(0.3) && { ProjectionExpression: aProjection(choose, use) }),
  };
  // A part without an expression must not have names.
  const { ExpressionAttributeNames } = part.ProjectionExpression === undefined ? {} : use.options();
  return new BatchGetCommand({
    RequestItems: { [TableName]: { ...part, ...(ExpressionAttributeNames && { ExpressionAttributeNames }) } },
  });
};

const put: Make = (choose, TableName) => {
  const use = placeholders(choose);
  const row = aRow(choose);
  const Item = choose.chance(0.97) ? row : { ...row, ...choose.one<Row>([{ sk: '' }, { pk: 1 }, { parent: 1 }]) };
  return new PutCommand({ TableName, Item, ...conditional(choose, use), ...returning(choose, ['ALL_OLD']) });
};

const remove: Make = (choose, TableName) => {
  const use = placeholders(choose);
  const Key = someKey(choose);
  return new DeleteCommand({ TableName, Key, ...conditional(choose, use), ...returning(choose, ['ALL_OLD']) });
};

const update: Make = (choose, TableName) => {
  const use = placeholders(choose);
  const UpdateExpression = anUpdate(choose, use);
  // An entry of a map is never asked back in this way.
  const returns = UpdateExpression.includes('.') ? ['ALL_NEW', 'ALL_OLD'] : ['ALL_NEW', 'ALL_OLD', 'UPDATED_NEW'];
  return new UpdateCommand({
    TableName,
    Key: someKey(choose),
    UpdateExpression,
    ...conditional(choose, use),
    ...returning(choose, returns),
  });
};

const query: Make = (choose, TableName) => new QueryCommand({ TableName, ...aQuery(choose) });

const batchWrite: Make = (choose, TableName) => {
  const rows = new Map(
    choose
      .list(1 + choose.below(3), () => aRow(choose))
      .map((row) => [`${String(row['pk'])} ${String(row['sk'])}`, row]),
  );
  const puts = [...rows.values()].map((Item) => ({ PutRequest: { Item } }));
  return new BatchWriteCommand({ RequestItems: { [TableName]: puts } });
};

const requests = [
  get,
  batchGet,
  put,
  put,
  put,
  remove,
  update,
  update,
  update,
  update,
  query,
  query,
  query,
  batchWrite,
];

/** A key, now and then one that is wrong. */
function someKey(choose: Chooser): Row {
  const key = { ...aKey(choose) };
  return choose.chance(0.99)
    ? key
    : choose.one<Row>([{ pk: key.pk }, { ...key, sk: '' }, { ...key, more: 1 }, { ...key, sk: 1 }]);
}

function conditional(choose: Chooser, use: ReturnType<typeof placeholders>) {
  const condition = choose.chance(0.7) ? { ConditionExpression: aCondition(choose, use) } : {};
  return { ...condition, ...use.options() };
}

function returning(choose: Chooser, kinds: readonly string[]): { ReturnValues?: any } {
  return choose.chance(0.5) ? { ReturnValues: choose.one(kinds) } : {};
}
