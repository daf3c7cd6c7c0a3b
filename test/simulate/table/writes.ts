import type { Row } from '../../../functions/aws/database';
import type { Key } from '../../../functions/aws/keys';
import { applied, pathsOf } from './expression/apply';
import { condition, type Test } from './expression/condition';
import { checkUse, type Expression, type Scope } from './expression/expression';
import { update } from './expression/update';
import { conditionFailed, invalid, unknown } from './refusals';
import { checkOptions, isKey, keyIn, keyOf, placeholdersOf, type Input } from './request';
import { indexes, type TableRows } from './rows/table-rows';
import { storedRow } from './stored-value';

const nothing: Row = Object.freeze({});

/** The options of every write. */
const always = [
  'TableName',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValues',
  'ReturnValuesOnConditionCheckFailure',
];
const putOptions = new Set([...always, 'Item']);
const deleteOptions = new Set([...always, 'Key']);
const updateOptions = new Set([...always, 'Key', 'UpdateExpression']);

export function put(rows: TableRows, input: Input): object {
  checkOptions('Put', input, putOptions);
  const row = storedRow(input['Item']);
  const key = keyIn(row);
  checkIndexKeys(row);
  const { before, test, scope } = prepared(rows, input, key, undefined);
  checkHolds(test, scope, before, input);
  rows.put(before, row);
  return answerOf(input, ['ALL_OLD'], before, row);
}

export function remove(rows: TableRows, input: Input): object {
  checkOptions('Delete', input, deleteOptions);
  const { before, test, scope } = prepared(rows, input, keyOf(input['Key']), undefined);
  checkHolds(test, scope, before, input);
  if (before !== undefined) rows.remove(before);
  return answerOf(input, ['ALL_OLD'], before, undefined);
}

export function change(rows: TableRows, input: Input): object {
  checkOptions('Update', input, updateOptions);
  const key = keyOf(input['Key']);
  const clauses = update(input['UpdateExpression']);
  const { before, test, scope } = prepared(rows, input, key, clauses);
  const paths = pathsOf(clauses.run, scope.names);
  checkHolds(test, scope, before, input);
  const row = applied(clauses.run, paths, scope);
  if (before === undefined) Object.assign(row, key);
  checkIndexKeys(row);
  rows.put(before, Object.freeze(row));
  return answerOf(input, ['ALL_OLD', 'ALL_NEW', 'UPDATED_NEW'], before, row, paths);
}

const batchOptions = new Set(['RequestItems']);

/** Puts up to 25 rows, as tests do to set up. */
export function batchWrite(rows: TableRows, input: Input): object {
  checkOptions('BatchWrite', input, batchOptions);
  const requests = Object.values<readonly Input[]>(input['RequestItems']).flat();
  if (requests.length === 0 || requests.length > 25) throw invalid('Provided list of requests is invalid');
  for (const { PutRequest: request } of requests) {
    if (request === undefined) throw unknown('deletes of a BatchWrite');
    put(rows, { Item: request.Item });
  }
  return { UnprocessedItems: {} };
}

/** Reads the row and checks that the expressions use what the request gives. */
function prepared(rows: TableRows, input: Input, { pk, sk }: Key, clauses: Expression<unknown> | undefined) {
  const placeholders = placeholdersOf(input);
  const test = input['ConditionExpression'] === undefined ? undefined : condition(input['ConditionExpression']);
  checkUse([clauses, test], placeholders);
  const before = rows.get(pk, sk);
  const scope: Scope = { row: before ?? nothing, ...placeholders };
  return { before, test, scope };
}

function checkHolds(test: Expression<Test> | undefined, scope: Scope, before: Row | undefined, input: Input): void {
  if (test === undefined || test.run(scope)) return;
  throw conditionFailed(input['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD' ? before : undefined);
}

function checkIndexKeys(row: Row): void {
  for (const { partitionKey, sortKey } of indexes)
    for (const name of [partitionKey, sortKey])
      if (row[name] !== undefined && !isKey(row[name])) throw invalid(`Type mismatch for Index Key ${name}`);
}

function answerOf(
  { ReturnValues: returns = 'NONE' }: Input,
  known: readonly string[],
  before: Row | undefined,
  after: Row | undefined,
  paths: readonly (readonly string[])[] = [],
): object {
  if (returns === 'NONE') return {};
  if (!known.includes(returns)) throw unknown(`ReturnValues ${returns} here`);
  const attributes = returns === 'ALL_OLD' ? before : returns === 'ALL_NEW' ? after : updated(after!, paths);
  return attributes === undefined ? {} : { Attributes: attributes };
}

function updated(after: Row, paths: readonly (readonly string[])[]): Row {
  const attributes: Row = {};
  for (const [name = '', ...rest] of paths) {
    if (rest.length > 0) throw unknown(`UPDATED_NEW with an entry of a map: ${name}`);
    if (Object.hasOwn(after, name)) attributes[name] = after[name];
  }
  return attributes;
}
