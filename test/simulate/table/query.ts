import type { Row } from '../../../functions/aws/database';
import { condition } from './expression/condition';
import { checkUse } from './expression/expression';
import { keyCondition, keyRange, placesIn, type KeyRange } from './expression/key-range';
import { projecting, projection } from './expression/projection';
import { invalid, unknown } from './refusals';
import { checkOptions, isKey, placeholdersOf, type Input } from './request';
import { compareRows, placeOf, type Keys } from './rows/partitions';
import { indexes, tableKeys, type TableRows } from './rows/table-rows';

const options = new Set([
  'TableName',
  'IndexName',
  'ConsistentRead',
  'KeyConditionExpression',
  'FilterExpression',
  'ProjectionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ExclusiveStartKey',
  'Limit',
  'ScanIndexForward',
  'Select',
]);

/** One page of a query. It ends at its limit alone: the rows of a simulation are far from the 1 MB of a page. */
export function query(rows: TableRows, input: Input): object {
  checkOptions('Query', input, options);
  const { IndexName: indexName, ScanIndexForward: isForward = true, Select: select } = input;
  const limit = Number(input['Limit'] ?? Infinity);
  if (select !== undefined && select !== 'COUNT') throw unknown(`Select ${select}`);
  const keys = indexName === undefined ? tableKeys : indexNamed(indexName, input);
  const { range, filter, projected } = parsed(input, keys);
  const all =
    indexName === undefined ? rows.partition(range.partition) : rows.indexPartition(indexName, range.partition);
  const [from, to] = placesAfter(startOf(input, keys, range), all, keys, range, isForward);

  const seen = isForward
    ? all.slice(from, Math.min(to, from + limit))
    : all.slice(Math.max(from, to - limit), Math.max(from, to)).reverse();
  const found = filter === undefined ? seen : seen.filter(filter);
  const last = seen.length === limit ? seen.at(-1) : undefined;
  return {
    ...(select !== 'COUNT' && { Items: projected === undefined ? found : found.map(projected) }),
    Count: found.length,
    ScannedCount: seen.length,
    ...(last !== undefined && { LastEvaluatedKey: keysIn(last, keys) }),
  };
}

function indexNamed(name: string, { ConsistentRead: isConsistent }: Input): Keys {
  if (isConsistent === true) throw invalid('Consistent reads are not supported on global secondary indexes');
  const index = indexes.find((one) => one.name === name);
  if (index === undefined) throw invalid(`The table does not have the specified index: ${name}`);
  return index;
}

function parsed(input: Input, keys: Keys) {
  const placeholders = placeholdersOf(input);
  const onKeys = keyCondition(input['KeyConditionExpression']);
  const onRows = input['FilterExpression'] === undefined ? undefined : condition(input['FilterExpression']);
  const wanted = input['ProjectionExpression'] === undefined ? undefined : projection(input['ProjectionExpression']);
  checkUse([onKeys, onRows, wanted], placeholders);
  return {
    range: keyRange(onKeys.run, keys, placeholders),
    filter: onRows && ((row: Row) => onRows.run({ row, ...placeholders })),
    projected: wanted && projecting(wanted.run, placeholders.names),
  };
}

/** The key to go on after, which need not be that of a row. */
function startOf({ ExclusiveStartKey: start }: Input, keys: Keys, range: KeyRange): Row | undefined {
  if (start === undefined) return undefined;
  const names = Object.keys(keysIn(start, keys));
  if (names.length !== Object.keys(start).length || !names.every((name) => isKey(start[name])))
    throw invalid('The provided starting key is invalid');
  const sortKey = String(start[keys.sortKey]);
  if (start[keys.partitionKey] !== range.partition || range.isBefore(sortKey) || range.isAfter(sortKey))
    throw invalid('The provided starting key is outside query boundaries based on provided conditions');
  return start;
}

/** The places of the first row of a page and of the one behind the last that may be on it. */
function placesAfter(
  start: Row | undefined,
  rows: readonly Row[],
  keys: Keys,
  range: KeyRange,
  isForward: boolean,
): [number, number] {
  const [from, to] = placesIn(rows, keys, range);
  if (start === undefined) return [from, to];
  if (isForward) return [placeOf(rows, (row) => compareRows(keys, row, start) <= 0), to];
  return [from, placeOf(rows, (row) => compareRows(keys, row, start) < 0)];
}

function keysIn(row: Row, { partitionKey, sortKey }: Keys): Row {
  return { pk: row['pk'], sk: row['sk'], [partitionKey]: row[partitionKey], [sortKey]: row[sortKey] };
}
